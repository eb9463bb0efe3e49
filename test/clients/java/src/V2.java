import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletableFuture;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.crt.S3CrtHttpConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** The AWS SDK for Java 2 on each of its HTTP clients: a line for each operation, with its outcome. */
public final class V2 {
  private static final String BUCKET = System.getenv("BUCKET");
  private static final String OTHER_BUCKET = System.getenv("OTHER_BUCKET");
  private static final boolean IS_PATH_STYLE = "path".equals(System.getenv("STYLE"));
  private static final URI ENDPOINT = URI.create(System.getenv("AWS_ENDPOINT_URL"));
  private static final ServerSideEncryption WRONG_ENCRYPTION =
      ServerSideEncryption.fromValue(System.getenv("WRONG_ENCRYPTION"));
  private static final String CUSTOMER_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String CUSTOMER_KEY_MD5 = "hRasmdxgYDKV3nvbahU1MA==";
  private static final byte[] BIG = new byte[12 << 20];

  private interface Step {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    Arrays.fill(BIG, (byte) 'b');
    try (S3Client s3 = client(ApacheHttpClient.create())) {
      operate("apache", s3, () -> putParts(s3, "apache"));
    }
    try (S3Client s3 = client(UrlConnectionHttpClient.create())) {
      operate("url-connection", s3, () -> putParts(s3, "url-connection"));
    }
    try (S3AsyncClient s3 = S3AsyncClient.builder().forcePathStyle(IS_PATH_STYLE).multipartEnabled(true).build()) {
      operate("netty", waitingFor(s3), () -> transfer(s3, "netty"));
    }
    // The CRT reads no trust store of Java's.
    var trusting = S3CrtHttpConfiguration.builder().trustAllCertificatesEnabled(true).build();
    try (S3AsyncClient s3 = S3AsyncClient.crtBuilder().endpointOverride(ENDPOINT).forcePathStyle(IS_PATH_STYLE)
        .httpConfiguration(trusting).build()) {
      operate("crt", waitingFor(s3), () -> transfer(s3, "crt"));
    }
  }

  private static S3Client client(SdkHttpClient http) {
    return S3Client.builder().httpClient(http).forcePathStyle(IS_PATH_STYLE).build();
  }

  private static void operate(String client, S3Client s3, Step big) {
    String prefix = "java-" + client + "/";
    String key = prefix + "a b+c%é.txt";
    report(client, "put", () -> s3.putObject(r -> r.bucket(BUCKET).key(key).metadata(Map.of("note", "hello world")),
        RequestBody.fromString("hello")));
    report(client, "get", () -> same("hello", read(s3, key, null)));
    report(client, "range", () -> same("ell", read(s3, key, "bytes=1-3")));
    report(client, "head", () -> same("hello world", s3.headObject(r -> r.bucket(BUCKET).key(key)).metadata().get("note")));
    report(client, "list", () -> same(key,
        s3.listObjectsV2(r -> r.bucket(BUCKET).prefix(key).delimiter("/")).contents().get(0).key()));
    report(client, "list-versions", () -> same(key,
        s3.listObjectVersions(r -> r.bucket(BUCKET).prefix(key)).versions().get(0).key()));
    for (String slashed : new String[] {"d//x", "/lead", "trail/"}) {
      report(client, "slashes " + slashed, () -> {
        s3.putObject(r -> r.bucket(BUCKET).key(slashed), RequestBody.fromString(slashed));
        same(slashed, read(s3, slashed, null));
        s3.deleteObject(r -> r.bucket(BUCKET).key(slashed));
      });
    }
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.knownValues().stream().sorted().toList()) {
      // It sends an MD5 that it is given, and computes none.
      if (algorithm.toString().equals("MD5")) continue;
      report(client, "checksum " + algorithm, () -> {
        s3.putObject(r -> r.bucket(BUCKET).key(prefix + algorithm).checksumAlgorithm(algorithm), RequestBody.fromString("hello"));
        same("hello", read(s3, prefix + algorithm, null));
      });
    }
    report(client, "big", big);
    report(client, "copy", () -> {
      s3.copyObject(r -> r.sourceBucket(BUCKET).sourceKey(key).destinationBucket(BUCKET).destinationKey(prefix + "copy"));
      same("hello", read(s3, prefix + "copy", null));
    });
    report(client, "presigned", () -> same("hello", readUrl(presign(key))));
    report(client, "delete-batch", () -> same("1", "" + s3.deleteObjects(r -> r.bucket(BUCKET).delete(Delete.builder()
        .objects(ObjectIdentifier.builder().key(prefix + "copy").build()).build())).deleted().size()));

    String version = s3.headObject(r -> r.bucket(BUCKET).key(key)).versionId();
    report(client, "put-if-absent", () -> s3.putObject(r -> r.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.empty()));
    report(client, "missing", () -> read(s3, prefix + "missing", null));
    report(client, "read-version", () -> s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key).versionId(version)));
    report(client, "delete-version", () -> s3.deleteObject(r -> r.bucket(BUCKET).key(key).versionId(version)));
    report(client, "acl", () -> s3.putObject(r -> r.bucket(BUCKET).key(key).acl(ObjectCannedACL.PRIVATE), RequestBody.empty()));
    report(client, "tagging", () -> s3.putObjectTagging(r -> r.bucket(BUCKET).key(key)
        .tagging(t -> t.tagSet(Tag.builder().key("a").value("b").build()))));
    report(client, "wrong-encryption", () -> s3.putObject(
        r -> r.bucket(BUCKET).key(key).serverSideEncryption(WRONG_ENCRYPTION), RequestBody.empty()));
    report(client, "customer-key", () -> s3.putObject(r -> r.bucket(BUCKET).key(key).sseCustomerAlgorithm("AES256")
        .sseCustomerKey(CUSTOMER_KEY).sseCustomerKeyMD5(CUSTOMER_KEY_MD5), RequestBody.empty()));
    report(client, "bucket-policy", () -> s3.getBucketPolicy(r -> r.bucket(BUCKET)));
    report(client, "other-bucket", () -> s3.listObjectsV2(r -> r.bucket(OTHER_BUCKET)));
    report(client, "list-buckets", () -> s3.listBuckets());
    report(client, "delete", () -> s3.deleteObject(r -> r.bucket(BUCKET).key(key)));
  }

  private static String read(S3Client s3, String key, String range) {
    return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key).range(range)).asUtf8String();
  }

  private static void putParts(S3Client s3, String client) {
    String key = "java-" + client + "/big";
    String upload = s3.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    String first = s3.uploadPart(r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(1), RequestBody.fromBytes(BIG)).eTag();
    String last = s3.uploadPart(r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(2), RequestBody.fromString("end")).eTag();
    s3.completeMultipartUpload(r -> r.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(
        CompletedPart.builder().partNumber(1).eTag(first).build(), CompletedPart.builder().partNumber(2).eTag(last).build())));
    same("bbbend", read(s3, key, "bytes=-6"));
  }

  private static void transfer(S3AsyncClient s3, String client) throws Exception {
    Path file = Files.createTempFile("big", "");
    Files.write(file, BIG);
    try (S3TransferManager manager = S3TransferManager.builder().s3Client(s3).build()) {
      manager.uploadFile(u -> u.source(file).putObjectRequest(r -> r.bucket(BUCKET).key("java-" + client + "/big")))
          .completionFuture().join();
      Files.delete(file);
      manager.downloadFile(d -> d.destination(file).getObjectRequest(r -> r.bucket(BUCKET).key("java-" + client + "/big")))
          .completionFuture().join();
    }
    if (!Arrays.equals(BIG, Files.readAllBytes(file))) throw new IllegalStateException("other bytes");
    Files.delete(file);
  }

  private static URL presign(String key) {
    var style = S3Configuration.builder().pathStyleAccessEnabled(IS_PATH_STYLE).build();
    try (S3Presigner presigner = S3Presigner.builder().endpointOverride(ENDPOINT).serviceConfiguration(style).build()) {
      return presigner.presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
          .getObjectRequest(r -> r.bucket(BUCKET).key(key))).url();
    }
  }

  private static String readUrl(URL url) throws Exception {
    try (var body = url.openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The asynchronous client, as one that waits for each answer. */
  private static S3Client waitingFor(S3AsyncClient async) {
    return (S3Client) Proxy.newProxyInstance(V2.class.getClassLoader(), new Class<?>[] {S3Client.class}, (self, method, args) -> {
      boolean isRead = method.getName().equals("getObjectAsBytes");
      Object[] given = isRead ? new Object[] {args[0], AsyncResponseTransformer.toBytes()} : args == null ? new Object[0] : args.clone();
      for (int i = 0; i < given.length; i++) {
        if (given[i] instanceof RequestBody body) {
          given[i] = AsyncRequestBody.fromBytes(body.contentStreamProvider().newStream().readAllBytes());
        }
      }
      String name = isRead ? "getObject" : method.getName();
      for (Method candidate : S3AsyncClient.class.getMethods()) {
        if (!candidate.getName().equals(name) || candidate.getParameterCount() != given.length || !takes(candidate, given)) continue;
        try {
          return ((CompletableFuture<?>) candidate.invoke(async, given)).join();
        } catch (CompletionException error) {
          throw error.getCause();
        }
      }
      throw new NoSuchMethodException(name);
    });
  }

  private static boolean takes(Method method, Object[] given) {
    for (int i = 0; i < given.length; i++) if (!method.getParameterTypes()[i].isInstance(given[i])) return false;
    return true;
  }

  private static void same(String expected, String actual) {
    if (!expected.equals(actual)) throw new IllegalStateException("'" + actual + "' is not '" + expected + "'");
  }

  private static void report(String client, String operation, Step step) {
    String outcome = "ok";
    try {
      step.run();
    } catch (AwsServiceException error) {
      // The CRT asks by HEAD first, whose answers have no code.
      String code = error.awsErrorDetails().errorCode();
      outcome = code != null ? code : error.statusCode() == 404 ? "NoSuchKey" : error.statusCode() == 403 ? "AccessDenied" : "" + error.statusCode();
    } catch (Exception error) {
      outcome = error.toString();
    }
    System.out.println(client + "\t" + operation + "\t" + outcome);
  }
}
