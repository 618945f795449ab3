/** MySQL text to SQLite text: lexer, shapes, plans. */
@NullMarked
package dev.ephpm.litewire.dialect;

import org.jspecify.annotations.NullMarked;
