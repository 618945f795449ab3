package dev.ephpm.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Chooses a content coding from Accept-Encoding (RFC 9110 §12.5.3). */
final class Negotiation {
    private final List<Encoding> available;

    Negotiation(List<Encoding> available) {
        this.available = List.copyOf(available);
    }

    /** The same codings, the least wanted first. */
    Negotiation reversed() {
        return new Negotiation(available.reversed());
    }

    /** The coding with the highest q-value, the server's order deciding between equals; null = send as is. */
    @Nullable
    Encoding choose(@Nullable String acceptEncoding) {
        if (acceptEncoding == null || acceptEncoding.isEmpty()) {
            return null;
        }
        List<Preference> preferences = parse(acceptEncoding);
        Encoding best = null;
        int bestWeight = 0;
        for (Encoding encoding : available) {
            int weight = weight(preferences, encoding.token());
            if (weight > bestWeight) {
                best = encoding;
                bestWeight = weight;
            }
        }
        return bestWeight > explicitIdentity(preferences) ? best : null;
    }

    private record Preference(String coding, int weight) {}

    private static int explicitIdentity(List<Preference> preferences) {
        for (Preference preference : preferences) {
            if (preference.coding.equals("identity")) {
                // At equal weight the compressed form is what the client gains from.
                return preference.weight - 1;
            }
        }
        return 0;
    }

    private static int weight(List<Preference> preferences, String coding) {
        int any = 0;
        for (Preference preference : preferences) {
            if (preference.coding.equals(coding)) {
                return preference.weight;
            }
            if (preference.coding.equals("*")) {
                any = preference.weight;
            }
        }
        return any;
    }

    private static List<Preference> parse(String header) {
        List<Preference> preferences = new ArrayList<>(6);
        for (String element : header.toLowerCase(Locale.ROOT).split(",")) {
            int semicolon = element.indexOf(';');
            String coding = (semicolon < 0 ? element : element.substring(0, semicolon)).trim();
            if (coding.equals("x-gzip")) {
                coding = "gzip";
            }
            if (!coding.isEmpty()) {
                preferences.add(
                        new Preference(coding, semicolon < 0 ? 1000 : quality(element.substring(semicolon + 1))));
            }
        }
        return preferences;
    }

    /** Thousandths; a malformed weight counts as refused, which is always safe. */
    private static int quality(String parameters) {
        for (String parameter : parameters.split(";")) {
            String text = parameter.trim();
            if (text.startsWith("q=")) {
                return thousandths(text.substring(2).trim());
            }
        }
        return 1000;
    }

    private static int thousandths(String number) {
        try {
            double q = Double.parseDouble(number);
            return q >= 0 && q <= 1 ? (int) Math.round(q * 1000) : 0;
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
