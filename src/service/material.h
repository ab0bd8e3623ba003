/*
 * Materials of a briefing (B26): what to read before the call, shown in it, or taken home. Each is
 * a file, or an object that is on the exchange already; of the whole briefing or of one item.
 *
 * A material is an object of the collection Briefings, contributed by the hosts' group, under the
 * audience of what it belongs to; a file is an artifact beside it, under the same audience, whose
 * bytes the store keeps (store/files.h). A material is shown only to who may read both, and while
 * its item stands on the agenda: who may not sees no gap.
 *
 * The id of a file is random. STIX would make it from the bytes, and then whoever holds the bytes
 * could tell that others were given them.
 */
#ifndef TOCSIN_SERVICE_MATERIAL_H
#define TOCSIN_SERVICE_MATERIAL_H

#include "base/file_kind.h"
#include "service/briefing.h"

#define MATERIALS_MAX 100
#define MATERIAL_TITLE_BYTES_MAX 800
/* What follows the address of the exchange in the url of an artifact, before its id. */
#define MATERIAL_FILES_PATH "/api/files/"

struct material_file {
    str id; /* of the artifact; empty: there is no file */
    struct log_entry entry;
    str name;
    str digest;
    str url;
    str organization; /* who gave it */
    int64_t bytes;
    enum file_kind kind;
    int64_t handed; /* of one that is to be given: see files_hand_in */
};

struct material_object {
    str id; /* empty: there is none */
    struct log_entry entry;
    str type;
    str title;
    enum tlp label;
};

struct material {
    str id;
    struct log_entry entry;
    str version; /* its text: differs whenever the material does */
    str item;    /* empty: of the whole briefing */
    str title;
    enum tlp label;
    str organization; /* who gave it */
    bool is_replaced;
    struct material_file file;
    struct material_object object;
};
struct materials {
    struct material *items;
    size_t count;
    size_t capacity;
};

/* What somebody gives. A file was handed in before (service/file_keeper.h). */
struct material_input {
    str title;
    bool has_label;
    enum tlp label; /* else that of what it belongs to; never one that is less strict */
    str item;
    str object; /* its id, and then no file */
    struct material_file file;
    str address; /* of the exchange, for the url of the file */
};

/* Those the reader may read, in the order in which they were given. */
err material_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct materials *out) MUST_USE;
/* ERR_NOT_FOUND, in the same words for what is hidden and what is not there. */
err material_get(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, str id, struct material *out) MUST_USE;

/* The file of an artifact, by its id, for whoever may read that; ERR_NOT_FOUND. */
err material_file_get(struct arena *a, struct session *s, const struct reader *r, str id,
                      struct material_file *out) MUST_USE;

/* An object, and the material by which somebody comes to it. */
struct material_way {
    str material;
    str object;
};
/* The entry of the material; the zero entry where the reader has no such material of that object.
 */
err material_way_get(struct arena *a, struct session *s, const struct reader *r,
                     const struct material_way *way, struct log_entry *out) MUST_USE;

/* Whether the reader may give materials to it, and take them back. */
bool material_may_give(const struct reader *r, const struct briefing *b);
/* ERR_FORBIDDEN or ERR_CONFLICT, saying why not. */
err material_check_may_give(struct arena *a, const struct reader *r,
                            const struct briefing *b) MUST_USE;

/*
 * The name of a file as it is kept; by its ending text becomes a table. ERR_INVALID: what it says
 * it is by its name is not what it is by its bytes.
 */
err material_check_name(struct arena *a, struct material_file *file) MUST_USE;

err material_give(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct material_input *input, str *id) MUST_USE;
/*
 * The next version: another title, another file, or both; what is empty stays. The version before
 * stays in the log, with its file, for who had it.
 */
err material_replace(struct arena *a, struct session *s, const struct reader *r, str briefing,
                     str id, const struct material_input *input) MUST_USE;
/* Withdraws every version and its files, whose bytes become purgeable. */
err material_withdraw(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      str id) MUST_USE;

#endif
