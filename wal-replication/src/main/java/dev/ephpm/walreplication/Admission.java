package dev.ephpm.walreplication;

/** What a gate says of one read of a site's file. */
public enum Admission {
    /** Read. */
    ADMITTED,
    /** The open handle belongs to a file that is no longer the database: close it, open a new one and ask again. */
    REPLACED,
    /** There is no database here at present, or it starts anew: read at home. */
    NOT_HERE,
    /** The database here belongs to another log than the home's: read at home until it has been brought over. */
    OTHER_LOG,
    /** The database here is older than the home was when its log was first seen: read at home. */
    TOO_OLD,
    /** The reader has seen something newer and it did not arrive in time: read at home. */
    BEHIND_READER,
    /** The reader's position is in a log that is not the home's: it says nothing here, read at home. */
    FOREIGN_POSITION,
    /** This node is no longer the one that may serve the site as its home. */
    NOT_HOME
}
