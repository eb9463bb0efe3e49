// The AWS SDK for Go 2 and its transfer manager: a line for each operation, with its outcome.
package main

import (
	"context"
	"io"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/transfermanager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"vault-backup-environment/clients/operations"
)

const (
	prefix = "go-aws-sdk/"
	key    = prefix + "a b+c%é.txt"
	// 32 bytes, and their MD5.
	customerKey    = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
	customerKeyMD5 = "hRasmdxgYDKV3nvbahU1MA=="
)

// Those that the SDK computes.
var checksums = []types.ChecksumAlgorithm{"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512"}

// Those of "hello" that it sends where they are given, and does not compute.
var given = map[string]func(*s3.PutObjectInput){
	"MD5":       func(in *s3.PutObjectInput) { in.ChecksumMD5 = aws.String("XUFAKrxLKna5cZ2REBfFkg==") },
	"XXHASH3":   func(in *s3.PutObjectInput) { in.ChecksumXXHASH3 = aws.String("lVXoVVxi3P0=") },
	"XXHASH64":  func(in *s3.PutObjectInput) { in.ChecksumXXHASH64 = aws.String("JseCfYifbaM=") },
	"XXHASH128": func(in *s3.PutObjectInput) { in.ChecksumXXHASH128 = aws.String("tenBrQcbPn/Hec+qXlI4GA==") },
}

var (
	ctx    = context.Background()
	bucket = aws.String(operations.Bucket)
	client *s3.Client
	at     = s3.GetObjectInput{Bucket: bucket, Key: aws.String(key)}
)

func put(key, body string, with func(*s3.PutObjectInput)) error {
	input := s3.PutObjectInput{Bucket: bucket, Key: &key, Body: strings.NewReader(body)}
	if with != nil {
		with(&input)
	}
	_, err := client.PutObject(ctx, &input)
	return err
}

func read(with func(*s3.GetObjectInput)) (string, error) {
	input := at
	with(&input)
	answer, err := client.GetObject(ctx, &input)
	if err != nil {
		return "", err
	}
	return operations.Text(answer.Body, nil)
}

func readKey(key string) (string, error) {
	return read(func(in *s3.GetObjectInput) { in.Key = &key })
}

func same(expected string) func(string, error) error {
	return func(actual string, err error) error { return operations.Same(expected, actual, err) }
}

func remove(key string) error {
	_, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: &key})
	return err
}

func transfer() error {
	manager := transfermanager.New(client)
	_, err := manager.UploadObject(ctx, &transfermanager.UploadObjectInput{
		Bucket: bucket, Key: aws.String(prefix + "big"), Body: strings.NewReader(operations.Big),
	})
	if err != nil {
		return err
	}
	answer, err := manager.GetObject(ctx, &transfermanager.GetObjectInput{Bucket: bucket, Key: aws.String(prefix + "big")})
	if err != nil {
		return err
	}
	text, err := io.ReadAll(answer.Body)
	return operations.Same(operations.Big, string(text), err)
}

func main() {
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		panic(err)
	}
	client = s3.NewFromConfig(loaded, func(o *s3.Options) { o.UsePathStyle = operations.IsPathStyle })
	plain := s3.NewFromConfig(loaded, func(o *s3.Options) {
		o.UsePathStyle = operations.IsPathStyle
		o.BaseEndpoint = aws.String(strings.Replace(operations.Endpoint, "https:", "http:", 1))
	})
	report := operations.Reporter("go-aws-sdk", operations.Code)

	report("put", func() error {
		return put(key, "hello", func(in *s3.PutObjectInput) { in.Metadata = map[string]string{"note": "hello world"} })
	})
	report("get", func() error { return same("hello")(readKey(key)) })
	report("range", func() error {
		return same("ell")(read(func(in *s3.GetObjectInput) { in.Range = aws.String("bytes=1-3") }))
	})
	var version *string
	report("head", func() error {
		answer, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: bucket, Key: aws.String(key)})
		if err != nil {
			return err
		}
		version = answer.VersionId
		return same("hello world")(answer.Metadata["note"], nil)
	})
	report("list", func() error {
		answer, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: aws.String(key)})
		if err != nil {
			return err
		}
		return same(key)(*answer.Contents[0].Key, nil)
	})
	report("list-versions", func() error {
		answer, err := client.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: bucket, Prefix: aws.String(key)})
		if err != nil {
			return err
		}
		return same(key)(*answer.Versions[0].Key, nil)
	})
	for _, slashed := range operations.Slashed {
		report("slashes "+slashed, func() error {
			if err := put(slashed, slashed, nil); err != nil {
				return err
			}
			if err := same(slashed)(readKey(slashed)); err != nil {
				return err
			}
			return remove(slashed)
		})
	}
	for _, algorithm := range checksums {
		report("checksum "+string(algorithm), func() error {
			err := put(prefix+string(algorithm), "hello", func(in *s3.PutObjectInput) { in.ChecksumAlgorithm = algorithm })
			if err != nil {
				return err
			}
			return same("hello")(read(func(in *s3.GetObjectInput) {
				in.Key, in.ChecksumMode = aws.String(prefix+string(algorithm)), types.ChecksumModeEnabled
			}))
		})
	}
	for algorithm, with := range given {
		report("checksum "+algorithm, func() error { return put(prefix+algorithm, "hello", with) })
	}
	report("big", transfer)
	report("copy", func() error {
		_, err := client.CopyObject(ctx, &s3.CopyObjectInput{
			Bucket: bucket, Key: aws.String(prefix + "copy"), CopySource: aws.String(operations.Bucket + "/go-aws-sdk/a%20b%2Bc%25%C3%A9.txt"),
		})
		if err != nil {
			return err
		}
		return same("hello")(readKey(prefix + "copy"))
	})
	report("presigned", func() error {
		request, err := s3.NewPresignClient(client).PresignGetObject(ctx, &at)
		if err != nil {
			return err
		}
		return same("hello")(operations.ReadURL(request.URL, nil))
	})
	report("delete-batch", func() error {
		_, err := client.DeleteObjects(ctx, &s3.DeleteObjectsInput{Bucket: bucket, Delete: &types.Delete{
			Objects: []types.ObjectIdentifier{{Key: aws.String(prefix + "copy")}},
		}})
		return err
	})

	report("put-if-absent", func() error {
		return put(key, "", func(in *s3.PutObjectInput) { in.IfNoneMatch = aws.String("*") })
	})
	report("missing", func() error { return same("")(readKey(prefix + "missing")) })
	report("read-version", func() error {
		return same("")(read(func(in *s3.GetObjectInput) { in.VersionId = version }))
	})
	report("delete-version", func() error {
		_, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String(key), VersionId: version})
		return err
	})
	report("acl", func() error {
		return put(key, "", func(in *s3.PutObjectInput) { in.ACL = types.ObjectCannedACLPrivate })
	})
	report("tagging", func() error {
		_, err := client.PutObjectTagging(ctx, &s3.PutObjectTaggingInput{Bucket: bucket, Key: aws.String(key), Tagging: &types.Tagging{
			TagSet: []types.Tag{{Key: aws.String("a"), Value: aws.String("b")}},
		}})
		return err
	})
	report("wrong-encryption", func() error {
		return put(key, "", func(in *s3.PutObjectInput) {
			in.ServerSideEncryption = types.ServerSideEncryption(operations.WrongEncryption)
		})
	})
	report("customer-key", func() error {
		return put(key, "", func(in *s3.PutObjectInput) {
			in.SSECustomerAlgorithm, in.SSECustomerKey = aws.String("AES256"), aws.String(customerKey)
			in.SSECustomerKeyMD5 = aws.String(customerKeyMD5)
		})
	})
	report("wrong-checksum", func() error {
		return put(key, "hello", func(in *s3.PutObjectInput) { in.ChecksumCRC32 = aws.String("AAAAAA==") })
	})
	report("plain-http", func() error {
		_, err := plain.GetObject(ctx, &at)
		return err
	})
	report("bucket-policy", func() error {
		_, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: bucket})
		return err
	})
	report("other-bucket", func() error {
		_, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(operations.OtherBucket)})
		return err
	})
	report("list-buckets", func() error {
		_, err := client.ListBuckets(ctx, &s3.ListBucketsInput{})
		return err
	})
	report("delete", func() error { return remove(key) })
}
