// The Go CDK's blobs on S3: a line for each operation, with its outcome.
package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"

	"vault-backup-environment/clients/operations"
)

const (
	prefix = "go-gocloud/"
	key    = prefix + "a b+c%é.txt"
)

var (
	ctx    = context.Background()
	bucket *blob.Bucket
)

func code(err error) string {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return "NoSuchKey"
	}
	return operations.Code(err)
}

func same(expected string) func([]byte, error) error {
	return func(actual []byte, err error) error { return operations.Same(expected, string(actual), err) }
}

func open(name string) *blob.Bucket {
	opened, err := blob.OpenBucket(ctx, fmt.Sprintf("s3://%s?s3ForcePathStyle=%t", name, operations.IsPathStyle))
	if err != nil {
		panic(err)
	}
	return opened
}

func put(key, body string, options *blob.WriterOptions) error {
	return bucket.WriteAll(ctx, key, []byte(body), options)
}

func main() {
	bucket = open(operations.Bucket)
	report := operations.Reporter("go-gocloud", code)

	report("put", func() error {
		return put(key, "hello", &blob.WriterOptions{Metadata: map[string]string{"note": "hello world"}})
	})
	report("get", func() error { return same("hello")(bucket.ReadAll(ctx, key)) })
	report("range", func() error {
		reader, err := bucket.NewRangeReader(ctx, key, 1, 3, nil)
		if err != nil {
			return err
		}
		return same("ell")(io.ReadAll(reader))
	})
	report("head", func() error {
		attributes, err := bucket.Attributes(ctx, key)
		if err != nil {
			return err
		}
		return operations.Same("hello world", attributes.Metadata["note"], nil)
	})
	report("list", func() error {
		object, err := bucket.List(&blob.ListOptions{Prefix: key}).Next(ctx)
		if err != nil {
			return err
		}
		return operations.Same(key, object.Key, nil)
	})
	for _, slashed := range operations.Slashed {
		report("slashes "+slashed, func() error {
			if err := put(slashed, slashed, nil); err != nil {
				return err
			}
			if err := same(slashed)(bucket.ReadAll(ctx, slashed)); err != nil {
				return err
			}
			return bucket.Delete(ctx, slashed)
		})
	}
	report("big", func() error {
		if err := bucket.Upload(ctx, prefix+"big", strings.NewReader(operations.Big), &blob.WriterOptions{ContentType: "text/plain"}); err != nil {
			return err
		}
		return same(operations.Big)(bucket.ReadAll(ctx, prefix+"big"))
	})
	report("copy", func() error {
		if err := bucket.Copy(ctx, prefix+"copy", key, nil); err != nil {
			return err
		}
		return same("hello")(bucket.ReadAll(ctx, prefix+"copy"))
	})
	report("presigned", func() error {
		text, err := operations.ReadURL(bucket.SignedURL(ctx, key, &blob.SignedURLOptions{Expiry: time.Minute}))
		return operations.Same("hello", text, err)
	})

	report("put-if-absent", func() error { return put(key, "", &blob.WriterOptions{IfNotExist: true}) })
	report("missing", func() error { return same("")(bucket.ReadAll(ctx, prefix+"missing")) })
	report("other-bucket", func() error {
		_, err := open(operations.OtherBucket).List(nil).Next(ctx)
		return err
	})
	report("delete", func() error { return bucket.Delete(ctx, key) })
}
