package dev.ephpm.http;

import dev.ephpm.config.ServerConfig;
import dev.ephpm.config.StaticConfig;
import dev.ephpm.phpbridge.PhpException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks a site's fallback chain on the disk. Blocks; runs on worker threads only. */
final class Resolver {
    private static final Logger log = LoggerFactory.getLogger(Resolver.class);

    private final PathGuard guard;
    private final StaticConfig staticFiles;

    Resolver(ServerConfig config, PathGuard guard) {
        this.guard = guard;
        this.staticFiles = config.staticFiles();
    }

    /**
     * @param previous what this path led to before; its content is kept when the file has not changed
     * @throws Refusal when a file exists that must not be served
     */
    Resolution resolve(SiteState state, SitePath path, @Nullable Resolution previous) {
        Walk walk = new Walk(state, previous);
        if (isAcmeChallenge(path)) {
            Resolution challenge = walk.file(path, "", null);
            return challenge == null ? new Resolution.Nothing(404) : challenge;
        }
        for (FallbackChain.Candidate candidate : state.fallback().candidates()) {
            Resolution found = switch (candidate) {
                case FallbackChain.Candidate.Uri ignored -> walk.uri(path);
                case FallbackChain.Candidate.Directory ignored -> walk.directory(path);
                case FallbackChain.Candidate.Fixed fixed -> walk.file(fixed.path(), "", fixed.query());
            };
            if (found != null) {
                return found;
            }
        }
        return walk.lastResort(state.fallback().last());
    }

    /** A certificate authority must get the token or a clear no, never a page made by PHP. */
    private static boolean isAcmeChallenge(SitePath path) {
        List<String> segments = path.segments();
        return segments.size() > 1
                && segments.get(0).equals(".well-known")
                && segments.get(1).equals("acme-challenge");
    }

    private final class Walk {
        private final SiteState state;
        private final @Nullable Resolution previous;
        private final Path root;

        Walk(SiteState state, @Nullable Resolution previous) {
            this.state = state;
            this.previous = previous;
            this.root = state.site().documentRoot();
        }

        @Nullable
        Resolution uri(SitePath path) {
            if (!path.directory()) {
                Resolution exact = file(path, "", null);
                if (exact != null) {
                    return exact;
                }
            }
            return scriptWithPathInfo(path);
        }

        /** {@code /index.php/rest}: the first segment that is a script takes the rest as PATH_INFO. */
        private @Nullable Resolution scriptWithPathInfo(SitePath path) {
            List<String> segments = path.segments();
            for (int i = 0; i < segments.size(); i++) {
                boolean hasRest = i < segments.size() - 1 || path.directory();
                if (!hasRest || !PhpSource.isScript(segments.get(i))) {
                    continue;
                }
                String rest = new SitePath(segments.subList(i + 1, segments.size()), path.directory()).toString();
                Resolution script = file(new SitePath(segments.subList(0, i + 1), false), rest, null);
                if (script instanceof Resolution.Script) {
                    return script;
                }
            }
            return null;
        }

        @Nullable
        Resolution directory(SitePath path) {
            Path directory = locate(path);
            BasicFileAttributes attributes = directory == null ? null : attributes(directory);
            if (attributes == null || !attributes.isDirectory()) {
                return null;
            }
            for (String index : state.indexFiles()) {
                SitePath indexPath = new SitePath(append(path.segments(), index), false);
                Resolution found = file(indexPath, "", null);
                if (found != null) {
                    return path.directory()
                            ? found
                            : new Resolution.Redirect(path.asDirectory().encoded());
                }
            }
            return null;
        }

        Resolution lastResort(FallbackChain.LastResort last) {
            return switch (last) {
                case FallbackChain.LastResort.Status status -> new Resolution.Nothing(status.code());
                case FallbackChain.LastResort.Rewrite rewrite -> {
                    Resolution found = file(rewrite.path(), "", rewrite.query());
                    yield found == null ? new Resolution.Nothing(404) : found;
                }
            };
        }

        @Nullable
        Resolution file(SitePath path, String pathInfo, @Nullable String queryTemplate) {
            Path file = locate(path);
            BasicFileAttributes attributes = file == null ? null : attributes(file);
            if (file == null || attributes == null || attributes.isDirectory()) {
                return null;
            }
            if (!attributes.isRegularFile()) {
                throw new Refusal(403, "not a regular file");
            }
            try {
                return serve(path, file, attributes, pathInfo, queryTemplate);
            } catch (AccessDeniedException denied) {
                throw new Refusal(403, "file cannot be read by the appliance");
            } catch (IOException vanished) {
                return null;
            }
        }

        private Resolution serve(
                SitePath path, Path file, BasicFileAttributes attributes, String pathInfo, @Nullable String query)
                throws IOException {
            Path real = file.toRealPath();
            checkInside(real);
            String name = file.getFileName().toString();
            if (PhpSource.isScript(name)) {
                String scriptName = path.toString();
                guard.checkBlocked(scriptName);
                guard.checkScript(scriptName);
                return new Resolution.Script(tenant(), file, scriptName, pathInfo, query);
            }
            checkDeliverable(name, real);
            StaticFile.FileIdentity identity = StaticFile.FileIdentity.of(real, attributes);
            if (previous instanceof StaticFile known && known.isSame(identity)) {
                return known;
            }
            String extension = ContentTypes.extension(name);
            return StaticFile.open(identity, ContentTypes.of(name), staticFiles.etag(), cacheControl(extension));
        }

        private dev.ephpm.phpbridge.PhpTenant tenant() {
            try {
                return state.tenant();
            } catch (PhpException unavailable) {
                throw unavailable;
            } catch (RuntimeException failure) {
                log.error("cannot prepare PHP for site {}: {}", state.site().name(), failure.getMessage(), failure);
                throw new Refusal(503, "site cannot be prepared for PHP");
            }
        }

        private void checkDeliverable(String name, Path real) {
            String realName = real.getFileName().toString();
            if (PhpSource.isSource(name) || PhpSource.isSource(realName)) {
                throw new Refusal(403, "PHP source");
            }
            if (PathGuard.isPrivate(name) || PathGuard.isPrivate(realName) || state.isDatabase(real)) {
                throw new Refusal(403, "private file of the site");
            }
        }

        private void checkInside(Path real) {
            if (!real.startsWith(state.site().directory()) && !real.startsWith(root)) {
                throw new Refusal(403, "link out of the site");
            }
        }

        private @Nullable Path locate(SitePath path) {
            try {
                return path.segments().isEmpty() ? root : root.resolve(String.join("/", path.segments()));
            } catch (InvalidPathException unrepresentable) {
                return null;
            }
        }
    }

    private static List<String> append(List<String> segments, String last) {
        List<String> longer = new java.util.ArrayList<>(segments);
        longer.add(last);
        return longer;
    }

    private static @Nullable BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException absent) {
            return null;
        }
    }

    private String cacheControl(String extension) {
        Duration lifetime = staticFiles.expires().get(extension);
        return lifetime == null ? staticFiles.cacheControl() : "max-age=" + lifetime.toSeconds();
    }
}
