/*
 * Settings: DIR/tocsin.conf, lines of `name = value`, `#` begins a comment.
 *
 * One row per setting (config.c) gives name, type, default, limits and help; the sample file is
 * generated from the rows. A bad file is refused as a whole, naming the line.
 */
#ifndef TOCSIN_BASE_CONFIG_H
#define TOCSIN_BASE_CONFIG_H

#include "base/buf.h"

/*
 * field, name in the file, type (TEXT, COUNT, BYTES, SECONDS, FLAG, LEVEL, DAY, URL), default,
 * least, most, help
 */
#define CONFIG_SETTINGS(X)                                                                       \
    X(public_url, "public_url", URL, "", 0, 255,                                                 \
      "Where people and clients reach the exchange, without a final slash, such as "             \
      "https://exchange.example. Every link is made from it. Empty: http(s):// and the address " \
      "of --listen.")                                                                            \
    X(contact, "contact", TEXT, "", 0, 255, "How to reach the steward; shown to everyone.")      \
    X(description, "description", TEXT, "", 0, 1023, "One sentence about the exchange; public.") \
    X(election_day, "election_day", DAY, "", 0, 10,                                              \
      "Day of the next election, such as 2018-11-06; the federal one if empty or over.")         \
    X(election_name, "election_name", TEXT, "Election day", 1, 100, "What to call that day.")    \
    X(page_objects_max, "page_objects_max", COUNT, "1000", 1, 10000,                             \
      "Most objects on one TAXII page.")                                                         \
    X(page_bytes_max, "page_bytes_max", BYTES, "16MB", 65536, 1073741824,                        \
      "A TAXII page ends early once it holds this much.")                                        \
    X(body_bytes_max, "body_bytes_max", BYTES, "100MB", 1024, 1073741824,                        \
      "Largest request body (the max_content_length of TAXII).")                                 \
    X(file_bytes_max, "file_bytes_max", BYTES, "25MB", 65536, 268435456,                         \
      "Largest file that a briefing takes; never more than body_bytes_max.")                     \
    X(body_objects_max, "body_objects_max", COUNT, "100000", 1, 1000000,                         \
      "Most objects in one POST.")                                                               \
    X(bodies_bytes_max, "bodies_bytes_max", BYTES, "512MB", 1048576, 68719476736,                \
      "All request bodies under way together; past it 503.")                                     \
    X(bodies_bytes_per_org_max, "bodies_bytes_per_org_max", BYTES, "256MB", 1048576,             \
      1099511627776, "Request bodies under way of one organization; past it 429.")               \
    X(answers_bytes_max, "answers_bytes_max", BYTES, "1GB", 1048576, 68719476736,                \
      "All answers on their way out together; past it 503.")                                     \
    X(answers_bytes_per_org_max, "answers_bytes_per_org_max", BYTES, "256MB", 1048576,           \
      1099511627776,                                                                             \
      "Answers on their way to one organization, or to one address of "                          \
      "somebody who is not signed in; past it 429.")                                             \
    X(threads, "threads", COUNT, "0", 0, 256, "Threads that answer requests; 0: one a core.")    \
    X(connections_max, "connections_max", COUNT, "12000", 16, 1000000, "Most open connections.") \
    X(connections_per_address_max, "connections_per_address_max", COUNT, "0", 0, 1000000,        \
      "Most open connections from one address; 0: no limit.")                                    \
    X(header_seconds, "header_seconds", SECONDS, "15s", 1, 300,                                  \
      "A request's header must be complete within this time.")                                   \
    X(idle_seconds, "idle_seconds", SECONDS, "5m", 5, 3600,                                      \
      "An idle connection is kept this long after its last answer.")                             \
    X(bytes_per_second_min, "bytes_per_second_min", BYTES, "1000", 0, 1048576,                   \
      "A slower body or reader is cut off.")                                                     \
    X(requests_per_minute_max, "requests_per_minute_max", COUNT, "600000", 10, 100000000,        \
      "Requests a minute from one organization; past it 429.")                                   \
    X(stored_bytes_max, "stored_bytes_max", BYTES, "1TB", 1048576, 1125899906842624,             \
      "Bytes one organization may keep in the exchange; past it 507.")                           \
    X(page_cache_bytes_max, "page_cache_bytes_max", BYTES, "64MB", 0, 68719476736,               \
      "Memory for pages answered before.")                                                       \
    X(view_cache_bytes_max, "view_cache_bytes_max", BYTES, "128MB", 1048576, 68719476736,        \
      "Memory for the sets that say which entries an audience may read.")                        \
    X(mail_relay, "mail_relay", TEXT, "", 0, 255,                                                \
      "Where mail is handed in, such as smtp://relay.example:587 or smtps://relay.example. "     \
      "Empty: none goes out, and what would have gone is kept and shown.")                       \
    X(mail_from, "mail_from", TEXT, "", 0, 200,                                                  \
      "Address that mail comes from. What comes back goes to name+...@domain of it.")            \
    X(mail_user, "mail_user", TEXT, "", 0, 255, "Name at the relay, if it asks for one.")        \
    X(mail_password_file, "mail_password_file", TEXT, "", 0, 1023,                               \
      "File whose first line is the password at the relay.")                                     \
    X(mail_ca_file, "mail_ca_file", TEXT, "", 0, 1023,                                           \
      "Authorities (PEM) whom to believe about the relay; empty: the system's.")                 \
    X(mail_kept_days, "mail_kept_days", COUNT, "90", 1, 3650,                                    \
      "Days after a call's end until its mail, its links and who was told what are dropped.")    \
    X(answers_kept_days, "answers_kept_days", COUNT, "0", 0, 36500,                              \
      "Days after a briefing's end until it is dropped who was invited, answered, was there "    \
      "and found it useful; 0: never.")                                                          \
    X(records_kept_days, "records_kept_days", COUNT, "0", 0, 36500,                              \
      "Days after a briefing's end until all of it is dropped; 0: never.")                       \
    X(backup_key, "backup_key", TEXT, "", 0, 4095,                                               \
      "Public key that backups are encrypted to, or the file that holds it; of several holders " \
      "up to 32, with a ; between them.")                                                        \
    X(backup_threshold, "backup_threshold", COUNT, "0", 0, 32,                                   \
      "With several keys: so many of their holders open a backup together.")                     \
    X(signing_key_file, "signing_key_file", TEXT, "", 0, 1023,                                   \
      "File of the Ed25519 key that signs audit heads, if it is to live outside the data "       \
      "directory.")                                                                              \
    X(log_level, "log_level", LEVEL, "info", 4, 5, "error, warn, info or debug.")

#define CONFIG_TYPE_TEXT str
#define CONFIG_TYPE_COUNT uint64_t
#define CONFIG_TYPE_BYTES uint64_t
#define CONFIG_TYPE_SECONDS uint64_t
#define CONFIG_TYPE_FLAG bool
#define CONFIG_TYPE_LEVEL str
#define CONFIG_TYPE_DAY str
#define CONFIG_TYPE_URL str

#define CONFIG_FIELD(field, name, type, default_text, least, most, help) CONFIG_TYPE_##type field;
struct config {
    CONFIG_SETTINGS(CONFIG_FIELD)
};
#undef CONFIG_FIELD

/* Every setting at its default; texts are literals. */
void config_init(struct config *c);

/*
 * Reads the text of a settings file over the defaults. ERR_INPUT with the file's name, the line
 * number, and what is allowed there: for an unknown name, a repeated name, a value out of limits.
 * Texts are copied into `a`.
 */
err config_read(struct arena *a, str file_name, str text, struct config *out) MUST_USE;

/* The sample file: every setting with its help, commented out at its default. */
void config_write_sample(struct buf *b);

#endif
