-- tables of the engine SEQUENCE, which nobody has created
SELECT * FROM seq_1_to_5;
SELECT * FROM seq_5_to_1_step_2;
SELECT seq FROM seq_1_to_10_step_3 s WHERE s.seq > 3 ORDER BY seq DESC;
SELECT sum(seq), count(*) FROM seq_1_to_1000;
SELECT a.seq, b.seq * 2 FROM seq_1_to_2 a JOIN seq_2_to_3 b ON b.seq > a.seq ORDER BY 1, 2;
SELECT * FROM seq_1_to_3_step_0;
SELECT * FROM seq_1_to_;
CREATE TABLE numbers AS SELECT seq AS n, seq * 2 AS twice FROM seq_1_to_3;
SELECT * FROM numbers ORDER BY n;
INSERT INTO numbers SELECT seq, 1 FROM seq_10_to_20_step_10;
SELECT * FROM numbers ORDER BY n;
