"""S3 Control by boto3, as Prowler asks it: a line for each question, with the answer."""

import sys

import boto3
from botocore.exceptions import ClientError

ACCOUNT = sys.argv[1]


def report(question, ask):
    try:
        print(question, ask(), sep="\t")
    except ClientError as error:
        print(question, error.response["Error"]["Code"], sep="\t")


control = boto3.client("s3control")
# Where AWS routes what is about several regions.
oregon = boto3.client("s3control", region_name="us-west-2")
report("block", lambda: control.get_public_access_block(AccountId=ACCOUNT))
report("block of another account", lambda: control.get_public_access_block(AccountId="999999999999"))
report("access points", lambda: control.list_access_points(AccountId=ACCOUNT)["AccessPointList"])
report("multi-region access points", lambda: oregon.list_multi_region_access_points(AccountId=ACCOUNT)["AccessPoints"])
tagged = {"AccountId": ACCOUNT, "ResourceArn": "arn:aws:s3:::nobodys-bucket"}
report("tags", lambda: control.list_tags_for_resource(**tagged))
