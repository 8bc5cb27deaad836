-- Run once by the image of PostgreSQL, through psql, while its volume is empty: Latchhook gets a role that owns its
-- own database and nothing else. As the owner it makes its tables, its function and its partitions; it needs no
-- extension. Without the variable the first statement fails, and the database does not start.
\getenv password LATCHHOOK_DATABASE_PASSWORD
CREATE ROLE latchhook LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE latchhook OWNER latchhook TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE latchhook FROM PUBLIC;
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
