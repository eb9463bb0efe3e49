// MinIO's client for Go: a line for each operation, with its outcome.
package main

import (
	"context"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/encrypt"
	"github.com/minio/minio-go/v7/pkg/tags"

	"vault-backup-environment/clients/operations"
)

const (
	prefix = "go-minio/"
	key    = prefix + "a b+c%é.txt"
)

var (
	ctx    = context.Background()
	client *minio.Client
)

func code(err error) string { return minio.ToErrorResponse(err).Code }

func same(expected string) func(string, error) error {
	return func(actual string, err error) error { return operations.Same(expected, actual, err) }
}

func put(key, body string, options minio.PutObjectOptions) error {
	_, err := client.PutObject(ctx, operations.Bucket, key, strings.NewReader(body), int64(len(body)), options)
	return err
}

func read(key string, options minio.GetObjectOptions) (string, error) {
	object, err := client.GetObject(ctx, operations.Bucket, key, options)
	if err != nil {
		return "", err
	}
	return operations.Text(object, nil)
}

func remove(key string, options minio.RemoveObjectOptions) error {
	return client.RemoveObject(ctx, operations.Bucket, key, options)
}

func first(bucket string, options minio.ListObjectsOptions) (string, error) {
	for object := range client.ListObjects(ctx, bucket, options) {
		return object.Key, object.Err
	}
	return "", nil
}

func chain() *credentials.Credentials {
	if os.Getenv("CHAIN") == "metadata" {
		return credentials.NewIAM(strings.TrimSuffix(os.Getenv("AWS_EC2_METADATA_SERVICE_ENDPOINT"), "/"))
	}
	return credentials.NewFileAWSCredentials(os.Getenv("AWS_SHARED_CREDENTIALS_FILE"), os.Getenv("AWS_PROFILE"))
}

func main() {
	endpoint, err := url.Parse(operations.Endpoint)
	if err != nil {
		panic(err)
	}
	lookup := minio.BucketLookupDNS
	if operations.IsPathStyle {
		lookup = minio.BucketLookupPath
	}
	client, err = minio.New(endpoint.Host, &minio.Options{
		Creds: chain(), Secure: true, Region: os.Getenv("AWS_REGION"), BucketLookup: lookup, TrailingHeaders: true,
	})
	if err != nil {
		panic(err)
	}
	report := operations.Reporter("go-minio", code)

	report("put", func() error {
		return put(key, "hello", minio.PutObjectOptions{UserMetadata: map[string]string{"note": "hello world"}})
	})
	report("get", func() error { return same("hello")(read(key, minio.GetObjectOptions{})) })
	report("range", func() error {
		var options minio.GetObjectOptions
		options.SetRange(1, 3)
		return same("ell")(read(key, options))
	})
	var version string
	report("head", func() error {
		info, err := client.StatObject(ctx, operations.Bucket, key, minio.StatObjectOptions{})
		version = info.VersionID
		return same("hello world")(info.UserMetadata["Note"], err)
	})
	report("list", func() error {
		return same(key)(first(operations.Bucket, minio.ListObjectsOptions{Prefix: key, WithMetadata: true}))
	})
	report("list-versions", func() error {
		return same(key)(first(operations.Bucket, minio.ListObjectsOptions{Prefix: key, WithVersions: true}))
	})
	for _, slashed := range operations.Slashed {
		report("slashes "+slashed, func() error {
			if err := put(slashed, slashed, minio.PutObjectOptions{}); err != nil {
				return err
			}
			if err := same(slashed)(read(slashed, minio.GetObjectOptions{})); err != nil {
				return err
			}
			return remove(slashed, minio.RemoveObjectOptions{})
		})
	}
	for _, algorithm := range []minio.ChecksumType{
		minio.ChecksumCRC32, minio.ChecksumCRC32C, minio.ChecksumCRC64NVME, minio.ChecksumSHA1, minio.ChecksumSHA256,
	} {
		report("checksum "+algorithm.String(), func() error {
			err := put(prefix+algorithm.String(), "hello", minio.PutObjectOptions{Checksum: algorithm})
			if err != nil {
				return err
			}
			return same("hello")(read(prefix+algorithm.String(), minio.GetObjectOptions{Checksum: true}))
		})
	}
	report("big", func() error {
		if err := put(prefix+"big", operations.Big, minio.PutObjectOptions{PartSize: 5 << 20}); err != nil {
			return err
		}
		return same(operations.Big)(read(prefix+"big", minio.GetObjectOptions{}))
	})
	report("copy", func() error {
		_, err := client.CopyObject(ctx,
			minio.CopyDestOptions{Bucket: operations.Bucket, Object: prefix + "copy"},
			minio.CopySrcOptions{Bucket: operations.Bucket, Object: key})
		if err != nil {
			return err
		}
		return same("hello")(read(prefix+"copy", minio.GetObjectOptions{}))
	})
	report("presigned", func() error {
		address, err := client.PresignedGetObject(ctx, operations.Bucket, key, time.Minute, nil)
		if err != nil {
			return err
		}
		return same("hello")(operations.ReadURL(address.String(), nil))
	})
	report("delete-batch", func() error {
		objects := make(chan minio.ObjectInfo, 1)
		objects <- minio.ObjectInfo{Key: prefix + "copy"}
		close(objects)
		for failed := range client.RemoveObjects(ctx, operations.Bucket, objects, minio.RemoveObjectsOptions{}) {
			return failed.Err
		}
		return nil
	})

	report("put-if-absent", func() error {
		var options minio.PutObjectOptions
		options.SetMatchETagExcept("*")
		return put(key, "", options)
	})
	report("missing", func() error { return same("")(read(prefix+"missing", minio.GetObjectOptions{})) })
	report("read-version", func() error { return same("")(read(key, minio.GetObjectOptions{VersionID: version})) })
	report("delete-version", func() error { return remove(key, minio.RemoveObjectOptions{VersionID: version}) })
	report("acl", func() error {
		return put(key, "", minio.PutObjectOptions{UserMetadata: map[string]string{"x-amz-acl": "private"}})
	})
	report("tagging", func() error {
		set, err := tags.NewTags(map[string]string{"a": "b"}, true)
		if err != nil {
			return err
		}
		return client.PutObjectTagging(ctx, operations.Bucket, key, set, minio.PutObjectTaggingOptions{})
	})
	report("wrong-encryption", func() error {
		encryption := encrypt.NewSSE()
		if operations.WrongEncryption == "aws:kms" {
			if encryption, err = encrypt.NewSSEKMS("alias/aws/s3", nil); err != nil {
				return err
			}
		}
		return put(key, "", minio.PutObjectOptions{ServerSideEncryption: encryption})
	})
	report("customer-key", func() error {
		encryption, err := encrypt.NewSSEC([]byte(strings.Repeat("k", 32)))
		if err != nil {
			return err
		}
		return put(key, "", minio.PutObjectOptions{ServerSideEncryption: encryption})
	})
	report("bucket-policy", func() error {
		_, err := client.GetBucketPolicy(ctx, operations.Bucket)
		return err
	})
	report("other-bucket", func() error {
		_, err := first(operations.OtherBucket, minio.ListObjectsOptions{})
		return err
	})
	report("list-buckets", func() error {
		_, err := client.ListBuckets(ctx)
		return err
	})
	report("delete", func() error { return remove(key, minio.RemoveObjectOptions{}) })
}
