import com.amazonaws.AmazonServiceException;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.CannedAccessControlList;
import com.amazonaws.services.s3.model.DeleteObjectsRequest;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ListVersionsRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.ObjectTagging;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.SSECustomerKey;
import com.amazonaws.services.s3.model.SetObjectTaggingRequest;
import com.amazonaws.services.s3.model.Tag;
import com.amazonaws.services.s3.transfer.TransferManager;
import com.amazonaws.services.s3.transfer.TransferManagerBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

/** The AWS SDK for Java 1: a line for each operation, with its outcome. */
public final class V1 {
  private static final String BUCKET = System.getenv("BUCKET");
  private static final String PREFIX = "java-v1/";
  private static final String KEY = PREFIX + "a b+c%é.txt";

  private interface Step {
    void run() throws Exception;
  }

  public static void main(String[] args) {
    AmazonS3 s3 = AmazonS3ClientBuilder.standard()
        .withEndpointConfiguration(new EndpointConfiguration(System.getenv("AWS_ENDPOINT_URL"), System.getenv("AWS_REGION")))
        .withPathStyleAccessEnabled("path".equals(System.getenv("STYLE"))).build();
    report("put", () -> s3.putObject(put(KEY, "hello", "note", "hello world")));
    report("get", () -> same("hello", s3.getObjectAsString(BUCKET, KEY)));
    report("range", () -> same("ell", text(s3.getObject(new GetObjectRequest(BUCKET, KEY).withRange(1, 3)).getObjectContent().readAllBytes())));
    report("head", () -> same("hello world", s3.getObjectMetadata(BUCKET, KEY).getUserMetaDataOf("note")));
    report("list", () -> same(KEY, s3.listObjectsV2(BUCKET, KEY).getObjectSummaries().get(0).getKey()));
    report("list-versions", () -> same(KEY,
        s3.listVersions(new ListVersionsRequest().withBucketName(BUCKET).withPrefix(KEY)).getVersionSummaries().get(0).getKey()));
    for (String slashed : List.of("d//x", "/lead", "trail/")) {
      report("slashes " + slashed, () -> {
        s3.putObject(put(slashed, slashed, "note", "x"));
        same(slashed, s3.getObjectAsString(BUCKET, slashed));
        s3.deleteObject(BUCKET, slashed);
      });
    }
    report("big", () -> transfer(s3));
    report("copy", () -> {
      s3.copyObject(BUCKET, KEY, BUCKET, PREFIX + "copy");
      same("hello", s3.getObjectAsString(BUCKET, PREFIX + "copy"));
    });
    report("presigned", () -> {
      try (var body = s3.generatePresignedUrl(BUCKET, KEY, new Date(System.currentTimeMillis() + 300_000)).openStream()) {
        same("hello", text(body.readAllBytes()));
      }
    });
    report("delete-batch", () -> same("1",
        "" + s3.deleteObjects(new DeleteObjectsRequest(BUCKET).withKeys(PREFIX + "copy")).getDeletedObjects().size()));

    String version = s3.getObjectMetadata(BUCKET, KEY).getVersionId();
    report("missing", () -> s3.getObjectAsString(BUCKET, PREFIX + "missing"));
    report("read-version", () -> s3.getObject(new GetObjectRequest(BUCKET, KEY, version)).close());
    report("delete-version", () -> s3.deleteVersion(BUCKET, KEY, version));
    report("acl", () -> s3.putObject(put(KEY, "", "note", "x").withCannedAcl(CannedAccessControlList.Private)));
    report("tagging", () -> s3.setObjectTagging(new SetObjectTaggingRequest(BUCKET, KEY, new ObjectTagging(List.of(new Tag("a", "b"))))));
    report("wrong-encryption", () -> {
      PutObjectRequest request = put(KEY, "", "note", "x");
      request.getMetadata().setSSEAlgorithm(System.getenv("WRONG_ENCRYPTION"));
      s3.putObject(request);
    });
    report("customer-key", () -> s3.putObject(put(KEY, "", "note", "x")
        .withSSECustomerKey(new SSECustomerKey("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="))));
    report("bucket-policy", () -> s3.getBucketPolicy(BUCKET));
    report("other-bucket", () -> s3.listObjectsV2(System.getenv("OTHER_BUCKET")));
    report("list-buckets", () -> s3.listBuckets());
    report("delete", () -> s3.deleteObject(BUCKET, KEY));
  }

  private static PutObjectRequest put(String key, String body, String name, String value) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(body.length());
    metadata.addUserMetadata(name, value);
    return new PutObjectRequest(BUCKET, key, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), metadata);
  }

  private static void transfer(AmazonS3 s3) throws Exception {
    byte[] big = new byte[12 << 20];
    Arrays.fill(big, (byte) 'b');
    File file = File.createTempFile("big", "");
    Files.write(file.toPath(), big);
    TransferManager manager = TransferManagerBuilder.standard().withS3Client(s3).withMultipartUploadThreshold(5L << 20).build();
    manager.upload(BUCKET, PREFIX + "big", file).waitForCompletion();
    manager.download(BUCKET, PREFIX + "big", file).waitForCompletion();
    manager.shutdownNow(false);
    if (!Arrays.equals(big, Files.readAllBytes(file.toPath()))) throw new IllegalStateException("other bytes");
    Files.delete(file.toPath());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void same(String expected, String actual) {
    if (!expected.equals(actual)) throw new IllegalStateException("'" + actual + "' is not '" + expected + "'");
  }

  private static void report(String operation, Step step) {
    String outcome = "ok";
    try {
      step.run();
    } catch (AmazonServiceException error) {
      outcome = error.getErrorCode();
    } catch (Exception error) {
      outcome = error.toString();
    }
    System.out.println("v1\t" + operation + "\t" + outcome);
  }
}
