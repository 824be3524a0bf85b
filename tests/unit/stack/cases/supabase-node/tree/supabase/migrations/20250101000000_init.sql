create table post (id bigint);
