create table t (id int auto_increment primary key, g varchar(10), h int, v decimal(10,2), d date);
insert into t (g,h,v,d) values ('a',1,1.5,'2020-01-02'),('a',2,2.5,'2020-02-02'),('b',1,3.25,'2021-01-01'),('b',1,4,'2021-02-03'),(null,3,10,null),('é',3,1,'2020-01-01'),('E',3,1,'2020-01-01');
-- known rows another value stands for its group
select if(g is null, 'all', g) x, count(*), max(id), group_concat(id order by id) from t group by t.g with rollup;
select g, sum(v) from t group by g with rollup;
select g, h, sum(v), count(*) from t group by g, h with rollup;
select g, avg(v) a from t group by g with rollup having a > 2;
select coalesce(g,'total'), count(*) from t group by g with rollup limit 2;
select g from t group by g with rollup;
select year(d) y, month(d), count(*) from t group by y, month(d) with rollup;
select year(d), count(*) from t group by 1 with rollup;
select g, sum(v) from t where 0 group by g with rollup;
select g, sum(v) from t group by g with rollup order by g;
select distinct h, count(*) from t group by h with rollup;
select * from (select h, sum(v) s from t group by h with rollup) q where h is null;
select sql_calc_found_rows h, count(*) from t group by h with rollup limit 1;
select h, sum(v)/count(*) from t group by h desc with rollup;
select sql_calc_found_rows h, count(*) from t group by h with rollup limit 1;
select found_rows();
