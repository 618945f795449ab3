create table g (id int auto_increment primary key, a int, b int, c int generated always as (a+b) virtual, d varchar(20) as (concat('x',a)) stored, n int not null default 5, key (c));
insert into g (a,b) values (1,2),(3,4);
alter table g change b bb smallint default 7 after d;
show create table g;
alter table g modify a bigint not null;
alter table g add index ie (d(10)), add column e text;
alter table g add index ie2 (e(10)), modify a int, change bb b smallint default 7 after d, alter n set default 9, add unique un (b, id), comment='hello';
show create table g;
select * from g;
