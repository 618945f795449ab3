-- views and how SHOW CREATE VIEW shows them
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE books (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(50) NOT NULL, pages INT, kind VARCHAR(9));
INSERT INTO books (title, pages, kind) VALUES ('a', 10, 'x'), ('b', 30, NULL), ('c', 40, 'y');
CREATE VIEW long_books AS SELECT id, title, pages FROM books WHERE pages > 20;
SHOW CREATE VIEW long_books;
SELECT * FROM long_books ORDER BY id;
CREATE VIEW v2 (a, b) AS SELECT b.id, b.title FROM books AS b WHERE b.pages >= 10 AND (b.kind = 'x' OR b.kind IS NULL) OR b.id <> 5;
SHOW CREATE VIEW v2;
SELECT * FROM v2 ORDER BY a;
CREATE VIEW v3 AS SELECT * FROM books;
SHOW CREATE TABLE v3;
DROP VIEW long_books, v2, v3;
