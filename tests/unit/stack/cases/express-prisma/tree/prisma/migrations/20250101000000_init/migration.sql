CREATE TABLE post (id int);
