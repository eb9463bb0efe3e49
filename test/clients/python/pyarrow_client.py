"""pyarrow, which is the AWS SDK for C++: a line for each operation, with its outcome."""

import re

from pyarrow import fs

from report import BIG, BUCKET, CA_FILE, ENDPOINT, IS_PATH_STYLE, OTHER_BUCKET, reporter, same

PREFIX = f"{BUCKET}/python-pyarrow/"
KEY = PREFIX + "a b+c%é.txt"

fs.initialize_s3(fs.S3LogLevel.Off)
s3 = fs.S3FileSystem(
    endpoint_override=ENDPOINT.split("://")[1],
    tls_ca_file_path=CA_FILE,
    force_virtual_addressing=not IS_PATH_STYLE,
    retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=1),
)


def code_of(error):
    if isinstance(error, FileNotFoundError):
        return "NoSuchKey"
    return "AccessDenied" if re.search("ACCESS_DENIED|AccessDenied", str(error)) else None


report = reporter("pyarrow", code_of)


def put(path, body=b"hello", **more):
    with s3.open_output_stream(path, **more) as stream:
        stream.write(body)


def read(path):
    with s3.open_input_stream(path) as stream:
        return stream.read()


def read_range(path, offset, size):
    with s3.open_input_file(path) as file:
        return file.read_at(size, offset)


def big():
    put(PREFIX + "big", BIG)
    same(BIG, read(PREFIX + "big"))


def copy():
    s3.copy_file(KEY, PREFIX + "copy")
    same(b"hello", read(PREFIX + "copy"))


report("put", lambda: put(KEY, metadata={"note": "hello world"}))
report("get", lambda: same(b"hello", read(KEY)))
report("range", lambda: same(b"ell", read_range(KEY, 1, 3)))
report("head", lambda: same(5, s3.get_file_info(KEY).size))
report("list", lambda: same(True, KEY in [info.path for info in s3.get_file_info(fs.FileSelector(PREFIX.rstrip("/")))]))
report("big", big)
report("copy", copy)
report("delete-batch", lambda: s3.delete_dir_contents(PREFIX.rstrip("/") + "/none", missing_dir_ok=True))
report("missing", lambda: read(PREFIX + "missing"))
report("acl", lambda: put(KEY, metadata={"ACL": "private"}))
report("other-bucket", lambda: s3.get_file_info(fs.FileSelector(OTHER_BUCKET)))
report("list-buckets", lambda: s3.get_file_info(fs.FileSelector("")))
report("delete", lambda: s3.delete_file(KEY))
fs.finalize_s3()
