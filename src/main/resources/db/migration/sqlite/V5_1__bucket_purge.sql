-- The last purge of each bucket, so that its state is told after a restart too.
create table bucket_purge (
	bucket     varchar(63)  not null primary key,
	state      varchar(20)  not null,
	removed    bigint       not null,
	started_at bigint       not null,
	updated_at bigint       not null,
	error      varchar(2000)
);
