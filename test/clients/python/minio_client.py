"""MinIO's client for Python: a line for each operation, with its outcome."""

import io
import os

import urllib3
from minio import Minio
from minio.commonconfig import CopySource, Tags
from minio.credentials import AWSConfigProvider, ChainedProvider, IamAwsProvider
from minio.deleteobjects import DeleteObject
from minio.error import S3Error
from minio.sse import SseCustomerKey

from report import BIG, BUCKET, CA_FILE, ENDPOINT, OTHER_BUCKET, SLASHED, WRONG_ENCRYPTION, read_url, reporter, same

PREFIX = "python-minio/"
KEY = PREFIX + "a b+c%é.txt"


def credentials():
    if os.environ["CHAIN"] == "metadata":
        return IamAwsProvider(custom_endpoint=os.environ["AWS_EC2_METADATA_SERVICE_ENDPOINT"].rstrip("/"))
    return AWSConfigProvider(os.environ["AWS_SHARED_CREDENTIALS_FILE"], os.environ["AWS_PROFILE"])


scheme, authority = ENDPOINT.split("://")
s3 = Minio(
    endpoint=authority,
    credentials=credentials(),
    region=os.environ["AWS_REGION"],
    http_client=urllib3.PoolManager(ca_certs=CA_FILE, retries=False),
)
if os.environ["STYLE"] != "path":
    s3.enable_virtual_style_endpoint()
report = reporter("minio-python", lambda error: error.code if isinstance(error, S3Error) else None)


def put(key, body=b"hello", **more):
    return s3.put_object(bucket_name=BUCKET, object_name=key, data=io.BytesIO(body), length=len(body), **more)


def read(key, **more):
    answer = s3.get_object(bucket_name=BUCKET, object_name=key, **more)
    try:
        return answer.read()
    finally:
        answer.close()


def slash(key):
    put(key)
    same(b"hello", read(key))
    s3.remove_object(bucket_name=BUCKET, object_name=key)


def big():
    put(PREFIX + "big", BIG, part_size=5 << 20)
    same(BIG, read(PREFIX + "big"))


def copy():
    source = CopySource(bucket_name=BUCKET, object_name=KEY)
    s3.copy_object(bucket_name=BUCKET, object_name=PREFIX + "copy", source=source)
    same(b"hello", read(PREFIX + "copy"))


def delete_batch():
    same([], list(s3.remove_objects(bucket_name=BUCKET, delete_object_list=[DeleteObject(PREFIX + "copy")])))


report("put", lambda: put(KEY, metadata={"note": "hello world"}))
report("get", lambda: same(b"hello", read(KEY)))
report("range", lambda: same(b"ell", read(KEY, offset=1, length=3)))
report("head", lambda: same("hello world", s3.stat_object(bucket_name=BUCKET, object_name=KEY).metadata["x-amz-meta-note"]))
report("list", lambda: same(KEY, next(s3.list_objects(bucket_name=BUCKET, prefix=KEY)).object_name))
versions = lambda: s3.list_objects(bucket_name=BUCKET, prefix=KEY, include_version=True)
report("list-versions", lambda: same(KEY, next(versions()).object_name))
for slashed in SLASHED:
    report(f"slashes {slashed}", lambda: slash(slashed))
report("big", big)
report("copy", copy)
report("presigned", lambda: same(b"hello", read_url(s3.presigned_get_object(bucket_name=BUCKET, object_name=KEY))))
report("delete-batch", delete_batch)

version = s3.stat_object(bucket_name=BUCKET, object_name=KEY).version_id
tags = Tags.new_object_tags()
tags["a"] = "b"
report("missing", lambda: read(PREFIX + "missing"))
report("read-version", lambda: read(KEY, version_id=version))
report("delete-version", lambda: s3.remove_object(bucket_name=BUCKET, object_name=KEY, version_id=version))
report("acl", lambda: put(KEY, metadata={"x-amz-acl": "private"}))
report("tagging", lambda: s3.set_object_tags(bucket_name=BUCKET, object_name=KEY, tags=tags))
report("wrong-encryption", lambda: put(KEY, metadata={"x-amz-server-side-encryption": WRONG_ENCRYPTION}))
report("customer-key", lambda: put(KEY, sse=SseCustomerKey(b"k" * 32)))
report("bucket-policy", lambda: s3.get_bucket_policy(bucket_name=BUCKET))
report("other-bucket", lambda: list(s3.list_objects(bucket_name=OTHER_BUCKET)))
report("list-buckets", lambda: list(s3.list_buckets()))
report("delete", lambda: s3.remove_object(bucket_name=BUCKET, object_name=KEY))
