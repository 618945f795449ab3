package dev.ephpm.litewire.dialect;

import java.util.Optional;

/**
 * What MariaDB finds in a value that is to be a date or a time.
 *
 * @param fields null-free only for forms with a value; hours of a {@link Form#TIME} may be more than a day
 * @param cut whether something was left over or out of range
 */
record Reading(Form form, boolean negative, Fields fields, boolean cut) {
    /** What the value is. */
    enum Form {
        /** Neither of both. */
        NOTHING,
        /** A date that does not exist. */
        WRONG,
        DATE,
        DATETIME,
        TIME
    }

    /** Numbers as they were written, in the order of their places. */
    record Fields(long year, long month, long day, long hour, long minute, long second, long micros) {
        static final Fields ZERO = new Fields(0, 0, 0, 0, 0, 0, 0);

        boolean isZero() {
            return (year | month | day | hour | minute | second | micros) == 0;
        }

        /** @param anyDay whether every month has 31 days */
        boolean fitsCalendar(boolean anyDay) {
            boolean inRange = year <= 9999 && month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
            return inRange && (anyDay || month == 0 || day <= daysOfMonth());
        }

        /** MariaDB's year 0 is no leap year. */
        private long daysOfMonth() {
            return year == 0 && month == 2 ? 28 : Moment.daysOfMonth((int) year, (int) month);
        }

        Fields withYear(long value) {
            return new Fields(value, month, day, hour, minute, second, micros);
        }
    }

    private static final long MICROS = 1_000_000;

    static final Reading NOTHING = new Reading(Form.NOTHING, false, Fields.ZERO, true);

    static final Reading WRONG = new Reading(Form.WRONG, false, Fields.ZERO, true);

    boolean isNone() {
        return form == Form.NOTHING || form == Form.WRONG;
    }

    static Reading moment(Form form, Fields fields, boolean cut) {
        return new Reading(form, false, fields, cut);
    }

    boolean isMoment() {
        return form == Form.DATE || form == Form.DATETIME;
    }

    /** The date and time; a time alone has none. */
    Optional<Moment> moment() {
        return isMoment()
                ? Optional.of(new Moment(
                        (int) fields.year(),
                        (int) fields.month(),
                        (int) fields.day(),
                        (int) fields.hour(),
                        (int) fields.minute(),
                        (int) fields.second(),
                        (int) fields.micros()))
                : Optional.empty();
    }

    /** The time; of a date with time the time of its day. */
    long micros() {
        long size = ((fields.hour() * 60 + fields.minute()) * 60 + fields.second()) * MICROS + fields.micros();
        return negative ? -size : size;
    }

    Reading asCut() {
        return new Reading(form, negative, fields, true);
    }
}
