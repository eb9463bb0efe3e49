// Package operations is what the programs beside it share: they print a line for each operation, with its outcome.
package operations

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"github.com/aws/smithy-go"
)

var (
	Bucket          = os.Getenv("BUCKET")
	OtherBucket     = os.Getenv("OTHER_BUCKET")
	Endpoint        = os.Getenv("AWS_ENDPOINT_URL")
	IsPathStyle     = os.Getenv("STYLE") == "path"
	WrongEncryption = os.Getenv("WRONG_ENCRYPTION")
	Slashed         = []string{"d//x", "/lead", "trail/"}
	Big             = strings.Repeat("b", 12<<20)
)

// Code is the code of an error of AWS's SDK.
func Code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// Reporter answers with what runs an operation and prints its outcome; codeOf names an error, if it can.
func Reporter(client string, codeOf func(error) string) func(operation string, step func() error) {
	return func(operation string, step func() error) {
		outcome := "ok"
		if err := step(); err != nil {
			if outcome = codeOf(err); outcome == "" {
				outcome = strings.Join(strings.Fields(err.Error()), " ")
			}
		}
		fmt.Printf("%s\t%s\t%s\n", client, operation, outcome)
	}
}

// Same is an error where the two differ, or the error that there was.
func Same(expected, actual string, err error) error {
	if err == nil && expected != actual {
		return fmt.Errorf("%.40q is not %.40q", actual, expected)
	}
	return err
}

// ReadURL is what the address answers with, if that is 200.
func ReadURL(url string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	answer, err := http.Get(url)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", errors.New(answer.Status)
	}
	return Text(answer.Body, nil)
}

// Text is all that the body has.
func Text(body io.Reader, err error) (string, error) {
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(body)
	return string(text), err
}
