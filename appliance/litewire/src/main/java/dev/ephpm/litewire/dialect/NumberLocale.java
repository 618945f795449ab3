package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How FORMAT writes numbers in one of MariaDB's locales.
 *
 * @param point before the decimals
 * @param separator between groups of digits, empty for none
 * @param group digits of a group but the last, which has three
 */
record NumberLocale(String point, String separator, int group) {
    private static final int UNKNOWN_LOCALE = 1649;
    private static final int LAST_GROUP = 3;

    private static final NumberLocale AMERICAN = new NumberLocale(".", ",", LAST_GROUP);
    private static final Map<String, NumberLocale> LOCALES = new HashMap<>();

    static {
        add(
                AMERICAN,
                "ar_AE ar_BH ar_DZ ar_EG ar_IN ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SD ar_SY ar_TN ar_YE en_AU"
                        + " en_CA en_GB en_NZ en_PH en_US en_ZA en_ZW es_DO es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_SV"
                        + " es_US gu_IN he_IL hi_IN ja_JP ko_KR ms_MY th_TH ur_PK zh_CN zh_HK zh_TW");
        add(new NumberLocale(".", "", LAST_GROUP), "ar_SA sr_RS sr_YU");
        add(
                new NumberLocale(",", ".", LAST_GROUP),
                "be_BY da_DK de_BE de_DE de_LU es_AR es_BO es_CL es_CO es_EC es_ES es_PY es_UY es_VE fo_FO hu_HU id_ID is_IS"
                        + " lt_LT mn_MN nb_NO no_NO ro_RO ru_UA sq_AL tr_TR uk_UA vi_VN");
        add(
                new NumberLocale(",", "", LAST_GROUP),
                "ca_ES de_AT el_GR eu_ES fr_BE fr_CA fr_CH fr_FR fr_LU gl_ES hr_HR it_IT nl_BE nl_NL pl_PL pt_BR pt_PT sl_SI");
        add(
                new NumberLocale(",", " ", LAST_GROUP),
                "cs_CZ es_CR et_EE fi_FI lv_LV mk_MK ru_RU sk_SK sv_FI sv_SE ka_GE");
        add(new NumberLocale(",", "\0", LAST_GROUP), "bg_BG");
        add(new NumberLocale(".", "'", LAST_GROUP), "de_CH");
        add(new NumberLocale(",", "'", LAST_GROUP), "it_CH rm_CH");
        add(new NumberLocale(".", ",", 2), "en_IN ta_IN te_IN");
    }

    private static void add(NumberLocale locale, String names) {
        for (String name : names.split(" ")) {
            LOCALES.put(name.toLowerCase(Locale.ROOT), locale);
        }
    }

    /** An unknown one leaves a warning and is en_US. */
    static NumberLocale of(String name) {
        NumberLocale known = LOCALES.get(name.toLowerCase(Locale.ROOT));
        if (known == null) {
            Truncation.warn(UNKNOWN_LOCALE, "Unknown locale: '" + name + "'");
        }
        return known == null ? AMERICAN : known;
    }

    String format(BigDecimal value, int decimals) {
        BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_UP);
        String digits = rounded.abs().toPlainString();
        int whole = decimals == 0 ? digits.length() : digits.length() - decimals - 1;
        StringBuilder text = new StringBuilder(digits.substring(0, whole));
        for (int at = whole - LAST_GROUP; at > 0 && !separator.isEmpty(); at -= group) {
            text.insert(at, separator);
        }
        if (decimals > 0) {
            text.append(point).append(digits, whole + 1, digits.length());
        }
        return rounded.signum() < 0 ? "-" + text : text.toString();
    }
}
