package dev.ephpm.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was looked at, with every header value ready to send. Small files carry their content in
 * direct memory, which the garbage collector frees after the last response that uses it.
 */
final class StaticFile implements Resolution {
    /** Larger files are sent from the page cache by the kernel instead. */
    static final int MAX_CACHED_CONTENT = 256 * 1024;

    /** Compressing larger files for each change of theirs is not worth a worker's time. */
    static final int MAX_COMPRESSED_SOURCE = 2 * 1024 * 1024;

    private final Path path;
    private final long size;
    private final FileIdentity identity;
    private final @Nullable Buffer content;
    private final boolean compressible;
    private final CharSequence contentType;
    private final CharSequence contentLength;
    private final CharSequence lastModified;
    private final long lastModifiedSeconds;
    private final @Nullable String etag;
    private final @Nullable CharSequence etagHeader;
    private final @Nullable CharSequence cacheControl;
    private final AtomicReferenceArray<@Nullable Variant> variants =
            new AtomicReferenceArray<>(Encoding.values().length);
    private final AtomicIntegerArray compressing = new AtomicIntegerArray(Encoding.values().length);

    /** What tells a changed file from an unchanged one. */
    record FileIdentity(
            Path path,
            long size,
            long modifiedNanos,
            @Nullable Object key) {
        static FileIdentity of(Path path, BasicFileAttributes attributes) {
            return new FileIdentity(
                    path,
                    attributes.size(),
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    attributes.fileKey());
        }
    }

    /** A compressed form; {@code content} is null when compressing gains nothing. */
    record Variant(@Nullable Buffer content, CharSequence contentLength) {
        int weight() {
            return content == null ? 0 : content.length();
        }
    }

    /** Reads the file if it is small; blocks. */
    static StaticFile open(FileIdentity identity, String contentType, boolean etag, String cacheControl)
            throws IOException {
        Buffer content = identity.size() > MAX_CACHED_CONTENT ? null : read(identity.path(), (int) identity.size());
        return new StaticFile(identity, content, contentType, etag, cacheControl);
    }

    private StaticFile(
            FileIdentity identity, @Nullable Buffer content, String contentType, boolean etag, String cacheControl) {
        this.identity = identity;
        this.path = identity.path();
        this.content = content;
        this.size = content == null ? identity.size() : content.length();
        this.compressible = ContentTypes.isCompressible(contentType);
        this.contentType = HttpHeaders.createOptimized(contentType);
        this.contentLength = HttpHeaders.createOptimized(Long.toString(size));
        Instant modified = Instant.ofEpochSecond(0, identity.modifiedNanos());
        this.lastModifiedSeconds = modified.getEpochSecond();
        this.lastModified = HttpHeaders.createOptimized(HttpDate.format(modified));
        this.etag = etag ? '"' + Long.toHexString(identity.modifiedNanos()) + '-' + Long.toHexString(size) + '"' : null;
        this.etagHeader = this.etag == null ? null : HttpHeaders.createOptimized(this.etag);
        this.cacheControl = cacheControl.isEmpty() ? null : HttpHeaders.createOptimized(cacheControl);
    }

    private static Buffer read(Path path, int expected) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(expected);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            int got = 0;
            while (bytes.hasRemaining() && got >= 0) {
                got = channel.read(bytes);
            }
        }
        return share(bytes.flip());
    }

    private static Buffer share(ByteBuffer bytes) {
        return BufferInternal.buffer(
                Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes)).asReadOnly());
    }

    /** Compresses the content; blocks for as long as that takes. */
    Variant compress(Encoding encoding, int level) throws IOException {
        byte[] source = content == null ? readLarge() : content.getBytes();
        byte[] compressed = Compressor.compress(encoding, level, source);
        Variant variant = compressed.length >= source.length
                ? new Variant(null, contentLength)
                : new Variant(
                        share(ByteBuffer.allocateDirect(compressed.length)
                                .put(compressed)
                                .flip()),
                        HttpHeaders.createOptimized(Integer.toString(compressed.length)));
        variants.set(encoding.slot(), variant);
        return variant;
    }

    private byte[] readLarge() throws IOException {
        Buffer whole = read(path, (int) size);
        return whole.getBytes();
    }

    /** True for exactly one caller, who then compresses; the others send the file as it is meanwhile. */
    boolean startCompressing(Encoding encoding) {
        return compressing.compareAndSet(encoding.slot(), 0, 1);
    }

    @Nullable
    Variant variant(Encoding encoding) {
        return variants.get(encoding.slot());
    }

    boolean isSame(FileIdentity other) {
        return Objects.equals(identity, other);
    }

    /** Bytes of memory this file occupies. */
    long weight() {
        long weight = 1024L + (content == null ? 0 : content.length());
        for (int i = 0; i < variants.length(); i++) {
            Variant variant = variants.get(i);
            weight += variant == null ? 0 : variant.weight();
        }
        return weight;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    @Nullable
    Buffer content() {
        return content;
    }

    boolean isCompressible() {
        return compressible && size <= MAX_COMPRESSED_SOURCE;
    }

    CharSequence contentType() {
        return contentType;
    }

    CharSequence contentLength() {
        return contentLength;
    }

    CharSequence lastModified() {
        return lastModified;
    }

    long lastModifiedSeconds() {
        return lastModifiedSeconds;
    }

    /** Strong, quoted; null when switched off. */
    @Nullable
    String etag() {
        return etag;
    }

    @Nullable
    CharSequence etagHeader() {
        return etagHeader;
    }

    @Nullable
    CharSequence cacheControl() {
        return cacheControl;
    }
}
