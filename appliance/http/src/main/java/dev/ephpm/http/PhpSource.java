package dev.ephpm.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows file names whose content is PHP source, whatever an editor or a careless rename added to them. */
final class PhpSource {
    /** What the engine runs. Other spellings are source too, but are refused rather than run. */
    private static final String SCRIPT_SUFFIX = ".php";

    private static final Pattern SOURCE_EXTENSION = Pattern.compile("php.*|pht.*|phar.*|inc");
    private static final Set<String> BACKUP_EXTENSIONS = Set.of(
            "bak",
            "back",
            "backup",
            "bck",
            "bkp",
            "copy",
            "dist",
            "disabled",
            "inactive",
            "new",
            "off",
            "old",
            "orig",
            "original",
            "prev",
            "previous",
            "rej",
            "removed",
            "sample",
            "sav",
            "save",
            "saved",
            "src",
            "swn",
            "swo",
            "swp",
            "temp",
            "tmp",
            "txt",
            "un",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "0");

    private PhpSource() {}

    static boolean isScript(String fileName) {
        return fileName.length() > SCRIPT_SUFFIX.length() && fileName.endsWith(SCRIPT_SUFFIX);
    }

    /** Whether the file must never be sent as it is. */
    static boolean isSource(String fileName) {
        String name = stripMarks(fileName.toLowerCase(Locale.ROOT));
        while (true) {
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                return false;
            }
            String extension = name.substring(dot + 1);
            if (SOURCE_EXTENSION.matcher(extension).matches()) {
                return true;
            }
            if (!BACKUP_EXTENSIONS.contains(extension)) {
                return false;
            }
            name = stripMarks(name.substring(0, dot));
        }
    }

    private static String stripMarks(String name) {
        int end = name.length();
        while (end > 0 && ".~ #$_-".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }
}
