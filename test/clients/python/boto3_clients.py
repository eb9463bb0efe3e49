"""boto3 and its transfers, and the same with the CRT: a line for each operation, with its outcome."""

import io

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

from report import BIG, BUCKET, CA_FILE, ENDPOINT, IS_PATH_STYLE, OTHER_BUCKET, SLASHED, WRONG_ENCRYPTION
from report import read_url, reporter, same

CHECKSUMS = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "XXHASH3", "XXHASH64", "XXHASH128"]
CONFIG = Config(s3={"addressing_style": "path" if IS_PATH_STYLE else "virtual"}, signature_version="s3v4")


def code_of(error):
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else None


def transfer(s3, key, engine):
    config = TransferConfig(preferred_transfer_client=engine, multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
    s3.upload_fileobj(io.BytesIO(BIG), BUCKET, key, Config=config)
    back = io.BytesIO()
    s3.download_fileobj(BUCKET, key, back, Config=config)
    same(BIG, back.getvalue())


def operate(name, engine):
    report = reporter(name, code_of)
    s3 = boto3.client("s3", config=CONFIG)
    plain = boto3.client("s3", config=CONFIG, endpoint_url=ENDPOINT.replace("https:", "http:"))
    prefix = f"python-{name}/"
    key = prefix + "a b+c%é.txt"
    at = {"Bucket": BUCKET, "Key": key}

    def read(**more):
        return s3.get_object(**{**at, **more})["Body"].read()

    def put_and_read(key, **more):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"hello", **more)
        same(b"hello", read(Key=key, ChecksumMode="ENABLED"))

    def slash(key):
        put_and_read(key)
        s3.delete_object(Bucket=BUCKET, Key=key)

    def copy():
        s3.copy_object(Bucket=BUCKET, Key=prefix + "copy", CopySource=at)
        same(b"hello", read(Key=prefix + "copy"))

    def delete_batch():
        answer = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": prefix + "copy"}]})
        same(1, len(answer["Deleted"]))

    report("put", lambda: s3.put_object(**at, Body=b"hello", Metadata={"note": "hello world"}))
    report("waiter", lambda: s3.get_waiter("object_exists").wait(**at))
    report("get", lambda: same(b"hello", read()))
    report("range", lambda: same(b"ell", read(Range="bytes=1-3")))
    report("head", lambda: same("hello world", s3.head_object(**at)["Metadata"]["note"]))
    report("list", lambda: same(key, s3.list_objects_v2(Bucket=BUCKET, Prefix=key)["Contents"][0]["Key"]))
    versions = lambda: s3.list_object_versions(Bucket=BUCKET, Prefix=key)["Versions"]
    report("list-versions", lambda: same(key, versions()[0]["Key"]))
    for slashed in SLASHED:
        report(f"slashes {slashed}", lambda: slash(slashed))
    for algorithm in CHECKSUMS:
        report(f"checksum {algorithm}", lambda: put_and_read(prefix + algorithm, ChecksumAlgorithm=algorithm))
    report("big", lambda: transfer(s3, prefix + "big", engine))
    report("copy", copy)
    report("presigned", lambda: same(b"hello", read_url(s3.generate_presigned_url("get_object", Params=at))))
    report("delete-batch", delete_batch)

    version = s3.head_object(**at)["VersionId"]
    report("put-if-absent", lambda: s3.put_object(**at, IfNoneMatch="*"))
    report("missing", lambda: read(Key=prefix + "missing"))
    report("read-version", lambda: read(VersionId=version))
    report("delete-version", lambda: s3.delete_object(**at, VersionId=version))
    report("acl", lambda: s3.put_object(**at, ACL="private"))
    report("tagging", lambda: s3.put_object_tagging(**at, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]}))
    report("wrong-encryption", lambda: s3.put_object(**at, ServerSideEncryption=WRONG_ENCRYPTION))
    report("customer-key", lambda: s3.put_object(**at, SSECustomerAlgorithm="AES256", SSECustomerKey=b"k" * 32))
    report("wrong-checksum", lambda: s3.put_object(**at, Body=b"hello", ChecksumCRC32="AAAAAA=="))
    report("plain-http", lambda: plain.get_object(**at))
    report("bucket-policy", lambda: s3.get_bucket_policy(Bucket=BUCKET))
    report("other-bucket", lambda: s3.list_objects_v2(Bucket=OTHER_BUCKET))
    report("list-buckets", lambda: s3.list_buckets())
    report("delete", lambda: s3.delete_object(**at))


operate("boto3", "classic")
operate("boto3-crt", "crt")
