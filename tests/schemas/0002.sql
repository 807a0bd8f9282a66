PRAGMA application_id = 1264675948;
BEGIN TRANSACTION;
CREATE TABLE "change" (
	city TEXT NOT NULL, 
	id TEXT NOT NULL, 
	record_kind TEXT NOT NULL, 
	record TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, id), 
	FOREIGN KEY(city, record_kind, record) REFERENCES record (city, kind, id) ON DELETE CASCADE
);
INSERT INTO "change" VALUES('boras','boras:12.ab/new/1','meeting','boras:12.ab','new','2026-11-23 06:00:00.000000','0b7ad8d7 {"at":"2026-11-23T07:00:00+01:00","id":"boras:12.ab/new/1","kind":"new","previous":null,"record":"boras:12.ab","stated":null,"text":"Nytt m\u00f6te: torsdag 3 december 2026 kl. 18.00","text_en":null}');
INSERT INTO "change" VALUES('boras','boras:12.cd/new/1','news','boras:12.cd','new','2026-11-23 06:00:00.000000','cff97b2e {"at":"2026-11-23T07:00:00+01:00","id":"boras:12.cd/new/1","kind":"new","previous":null,"record":"boras:12.cd","stated":null,"text":"Nyhet: Ny park","text_en":null}');
INSERT INTO "change" VALUES('boras','boras:12.ef/notice-posted/1','notice','boras:12.ef','notice-posted','2026-11-23 06:00:00.000000','bb6e15a6 {"at":"2026-11-23T07:00:00+01:00","id":"boras:12.ef/notice-posted/1","kind":"notice-posted","previous":null,"record":"boras:12.ef","stated":null,"text":"Anslag: Protokoll","text_en":null}');
INSERT INTO "change" VALUES('boras','boras:12.ab/moved/1','meeting','boras:12.ab','moved','2026-11-24 06:00:00.000000','efb4892d {"at":"2026-11-24T07:00:00+01:00","id":"boras:12.ab/moved/1","kind":"moved","previous":null,"record":"boras:12.ab","stated":null,"text":"Flyttat fr\u00e5n torsdag 3 december kl. 18.00 till fredag 4 december kl. 18.00","text_en":null}');
CREATE TABLE concern (
	city TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	record TEXT NOT NULL, 
	committee TEXT NOT NULL, 
	PRIMARY KEY (city, kind, record, committee), 
	FOREIGN KEY(city, kind, record) REFERENCES record (city, kind, id) ON DELETE CASCADE
);
INSERT INTO "concern" VALUES('boras','meeting','boras:12.ab','kulturnamnden');
INSERT INTO "concern" VALUES('boras','news','boras:12.cd','kulturnamnden');
INSERT INTO "concern" VALUES('boras','notice','boras:12.ef','kulturnamnden');
INSERT INTO "concern" VALUES('boras','committee','kulturnamnden','kulturnamnden');
CREATE TABLE held (
	city TEXT NOT NULL, 
	path TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, path)
);
INSERT INTO "held" VALUES('boras','boras/a.ics','e6291815 {"days":[],"digest":"d","path":"boras/a.ics","reason":"mager","since":"2026-11-23T07:00:00+01:00"}');
CREATE TABLE host (
	host TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (host)
);
INSERT INTO "host" VALUES('example.se','90a995ea {"host":"example.se","not_before":null,"robots":"","robots_fetched":null,"robots_status":null}');
CREATE TABLE identity (
	city TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	record TEXT NOT NULL, 
	PRIMARY KEY (city, scope, "key")
);
INSERT INTO "identity" VALUES('boras','meeting/kulturnamnden','2026-12-03','12.ab');
CREATE TABLE kallelse_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT kallelse_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "kallelse_version" VALUES('0002');
CREATE TABLE note (
	city TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (city, "key")
);
INSERT INTO "note" VALUES('boras','published','f60ef986 "x"');
CREATE TABLE page (
	city TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, "key")
);
INSERT INTO "page" VALUES('boras','12.ab','5aedebf2 {"checked":"2026-11-23T07:00:00+01:00","etag":null,"fetched":null,"key":"12.ab","kind":"meeting","last_modified":null,"links":[],"parser":0,"region_hash":"aa","source":"kulturnamnden","status":200,"url":"https://example.se/m.12.ab.html"}');
CREATE TABLE record (
	city TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	newest INTEGER NOT NULL, 
	PRIMARY KEY (city, kind, id)
);
INSERT INTO "record" VALUES('boras','meeting','boras:12.ab',2);
INSERT INTO "record" VALUES('boras','news','boras:12.cd',1);
INSERT INTO "record" VALUES('boras','notice','boras:12.ef',1);
INSERT INTO "record" VALUES('boras','committee','kulturnamnden',1);
CREATE TABLE revision (
	city TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	record TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	content_hash TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, kind, record, number), 
	FOREIGN KEY(city, kind, record) REFERENCES record (city, kind, id) ON DELETE CASCADE
);
INSERT INTO "revision" VALUES('boras','meeting','boras:12.ab',1,'aa','c2e1732a {"cause":"city","first_seen":"2026-11-23T07:00:00+01:00","last_changed":"2026-11-23T07:00:00+01:00","provenance":{"content_hash":"aa","fetched":"2026-11-23T07:00:00+01:00","parser":1,"signals":{},"url":"https://example.se/m.12.ab.html"},"record":{"access":"unknown","agenda":[],"committee":"kulturnamnden","decisions":[],"documents":[],"documents_known":true,"end":null,"id":"boras:12.ab","location":null,"notices":[],"problems":[],"public_from":null,"start":"2026-12-03T18:00:00+01:00","status":"confirmed","times":[],"title":"Kulturn\u00e4mnden","uid":"12.ab@boras.kallelse","url":null,"webcast":null},"sequence":0,"withdrawn":false}');
INSERT INTO "revision" VALUES('boras','news','boras:12.cd',1,'aa','6d5998fc {"cause":"city","first_seen":"2026-11-23T07:00:00+01:00","last_changed":"2026-11-23T07:00:00+01:00","provenance":{"content_hash":"aa","fetched":"2026-11-23T07:00:00+01:00","parser":1,"signals":{},"url":"https://example.se/m.12.ab.html"},"record":{"committees":["kulturnamnden"],"content_html":null,"id":"boras:12.cd","image":null,"meeting":null,"problems":[],"published":null,"summary":null,"title":"Ny park","url":"https://example.se/p"},"sequence":0,"withdrawn":false}');
INSERT INTO "revision" VALUES('boras','notice','boras:12.ef',1,'aa','a1794b6d {"cause":"city","first_seen":"2026-11-23T07:00:00+01:00","last_changed":"2026-11-23T07:00:00+01:00","provenance":{"content_hash":"aa","fetched":"2026-11-23T07:00:00+01:00","parser":1,"signals":{},"url":"https://example.se/m.12.ab.html"},"record":{"adjusted":null,"appeal_deadline":null,"committee":"kulturnamnden","document_url":null,"held":null,"id":"boras:12.ef","immediate":false,"kept_at":null,"posted":null,"problems":[],"title":"Protokoll","url":null},"sequence":0,"withdrawn":false}');
INSERT INTO "revision" VALUES('boras','committee','kulturnamnden',1,'aa','05228e23 {"cause":"city","first_seen":"2026-11-23T07:00:00+01:00","last_changed":"2026-11-23T07:00:00+01:00","provenance":{"content_hash":"aa","fetched":"2026-11-23T07:00:00+01:00","parser":1,"signals":{},"url":"https://example.se/m.12.ab.html"},"record":{"aliases":[],"classification":"committee","colour":null,"email_subscription":null,"name":"Kulturn\u00e4mnden","slug":"kulturnamnden","successors":[],"until":null,"url":null},"sequence":0,"withdrawn":false}');
INSERT INTO "revision" VALUES('boras','meeting','boras:12.ab',2,'aa','8f0b2b11 {"cause":"city","first_seen":"2026-11-23T07:00:00+01:00","last_changed":"2026-11-24T07:00:00+01:00","provenance":{"content_hash":"aa","fetched":"2026-11-23T07:00:00+01:00","parser":1,"signals":{},"url":"https://example.se/m.12.ab.html"},"record":{"access":"unknown","agenda":[],"committee":"kulturnamnden","decisions":[],"documents":[],"documents_known":true,"end":null,"id":"boras:12.ab","location":null,"notices":[],"problems":[],"public_from":null,"start":"2026-12-04T18:00:00+01:00","status":"confirmed","times":[],"title":"Kulturn\u00e4mnden","uid":"12.ab@boras.kallelse","url":null,"webcast":null},"sequence":1,"withdrawn":false}');
CREATE TABLE run (
	city TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city)
);
INSERT INTO "run" VALUES('boras','f6c2c383 {"at":"2026-11-23T07:00:00+01:00","counts":{"meetings":1},"exit":0,"problems":[],"requests":3}');
CREATE TABLE sighting (
	city TEXT NOT NULL, 
	page TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	bucket TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, page, position), 
	FOREIGN KEY(city, page) REFERENCES page (city, "key") ON DELETE CASCADE
);
INSERT INTO "sighting" VALUES('boras','12.ab',0,'meeting/kulturnamnden','119f0a20 {"filer":["a",null],"tid":"18.00"}');
CREATE TABLE snapshot (
	city TEXT NOT NULL, 
	page TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	content_hash TEXT NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (city, page, number), 
	FOREIGN KEY(city, page) REFERENCES page (city, "key") ON DELETE CASCADE
);
INSERT INTO "snapshot" VALUES('boras','12.ab',1,'aa',X'789CB3C94DCCCCB333B4D03330B0D107B30133500565');
CREATE TABLE source (
	city TEXT NOT NULL, 
	name TEXT NOT NULL, 
	data TEXT NOT NULL, 
	PRIMARY KEY (city, name)
);
INSERT INTO "source" VALUES('boras','kulturnamnden','1f68940c {"failing_since":null,"last_good":"2026-11-23T07:00:00+01:00","name":"kulturnamnden","ok":true,"reason":null,"records":0,"requests":0,"url":"https://example.se/m.12.ab.html"}');
CREATE INDEX sighting_bucket ON sighting (city, bucket);
CREATE INDEX identity_record ON identity (city, record);
CREATE INDEX record_newest ON record (city, kind, id, newest);
CREATE INDEX concern_committee ON concern (city, kind, committee);
CREATE INDEX revision_content ON revision (city, content_hash);
CREATE INDEX change_at ON change (city, at);
CREATE INDEX change_record ON change (city, record, kind, record_kind);
COMMIT;
