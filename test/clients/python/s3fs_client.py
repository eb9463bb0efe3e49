"""s3fs, which is botocore in an asynchronous coat: a line for each operation, with its outcome."""

import s3fs
from botocore.exceptions import ClientError

from report import BIG, BUCKET, CA_FILE, ENDPOINT, IS_PATH_STYLE, OTHER_BUCKET, SLASHED, WRONG_ENCRYPTION
from report import read_url, reporter, same

PREFIX = f"{BUCKET}/python-s3fs/"
KEY = PREFIX + "a b+c%é.txt"

s3 = s3fs.S3FileSystem(
    endpoint_url=ENDPOINT,
    client_kwargs={"verify": CA_FILE},
    config_kwargs={"s3": {"addressing_style": "path" if IS_PATH_STYLE else "virtual"}, "signature_version": "s3v4"},
    use_listings_cache=False,
)


def code_of(error):
    if isinstance(error, FileNotFoundError):
        return "NoSuchKey"
    while error is not None and not isinstance(error, ClientError):
        error = error.__cause__
    return error.response["Error"]["Code"] if error is not None else None


report = reporter("s3fs", code_of)


def slash(key):
    path = f"{BUCKET}/{key}"
    s3.call_s3("put_object", Bucket=BUCKET, Key=key, Body=b"hello")
    same(b"hello", s3.call_s3("get_object", Bucket=BUCKET, Key=key)["ContentLength"] and s3.cat_file(path))
    s3.rm_file(path)


def big():
    with s3.open(PREFIX + "big", "wb", block_size=5 << 20) as file:
        file.write(BIG)
    same(BIG, s3.cat_file(PREFIX + "big"))


def copy():
    s3.cp_file(KEY, PREFIX + "copy")
    same(b"hello", s3.cat_file(PREFIX + "copy"))


at = {"Bucket": BUCKET, "Key": "python-s3fs/a b+c%é.txt"}
report("put", lambda: s3.pipe_file(KEY, b"hello", Metadata={"note": "hello world"}))
report("get", lambda: same(b"hello", s3.cat_file(KEY)))
report("range", lambda: same(b"ell", s3.cat_file(KEY, start=1, end=4)))
report("head", lambda: same("hello world", s3.metadata(KEY)["note"]))
report("list", lambda: same(True, KEY in s3.ls(PREFIX)))
report("list-versions", lambda: same(at["Key"], s3.call_s3("list_object_versions", Bucket=BUCKET, Prefix=at["Key"])["Versions"][0]["Key"]))
for slashed in SLASHED:
    report(f"slashes {slashed}", lambda: slash(slashed))
report("big", big)
report("copy", copy)
report("presigned", lambda: same(b"hello", read_url(s3.url(KEY))))
report("delete-batch", lambda: s3.rm([PREFIX + "copy"]))

version = s3.info(KEY)["VersionId"]
report("put-if-absent", lambda: s3.pipe_file(KEY, b"", mode="create"))
report("missing", lambda: s3.cat_file(PREFIX + "missing"))
report("read-version", lambda: s3.call_s3("get_object", **at, VersionId=version))
report("delete-version", lambda: s3.call_s3("delete_object", **at, VersionId=version))
report("acl", lambda: s3.call_s3("put_object", **at, ACL="private"))
report("tagging", lambda: s3.put_tags(KEY, {"a": "b"}))
report("wrong-encryption", lambda: s3.pipe_file(KEY, b"", ServerSideEncryption=WRONG_ENCRYPTION))
report("customer-key", lambda: s3.pipe_file(KEY, b"", SSECustomerAlgorithm="AES256", SSECustomerKey=b"k" * 32))
report("bucket-policy", lambda: s3.call_s3("get_bucket_policy", Bucket=BUCKET))
report("other-bucket", lambda: s3.ls(OTHER_BUCKET))
report("list-buckets", lambda: s3.call_s3("list_buckets"))
report("delete", lambda: s3.rm_file(KEY))
