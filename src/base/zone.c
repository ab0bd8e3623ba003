/*
 * Time zones: reading TZif files, finding what holds at a time, and the book that keeps them.
 *
 * A file lists the changes that were and some of those to come, and ends with a rule for the rest.
 */
#include "base/zone.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/map.h"
#include "base/zone_rule.h"

#include <pthread.h>
#include <stdlib.h>

#define FILE_BYTES_MAX ((size_t)256 * 1024)
#define HEADER_BYTES 44
#define TYPE_BYTES 6

struct zone {
    str name;
    const int64_t *times_us; /* of the changes, ascending */
    const unsigned char *to; /* what each changes to: an index of `offsets` */
    size_t count;
    const struct zone_offset *offsets; /* the first holds before the first change */
    bool has_rule;
    struct zone_rule rule; /* from the last change on */
};

struct zone_book {
    const char *folder;
    pthread_mutex_t lock;
    struct arena arena;
    struct map zones;
};

/* ---- reading */

/* The counts of a block, in the order of its header (RFC 9636 §3.1). */
struct block_counts {
    size_t utc;
    size_t standard;
    size_t leap;
    size_t time;
    size_t type;
    size_t text;
};

static uint64_t take_big_endian(str *rest, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)rest->at[i];
    *rest = str_skip(*rest, bytes);
    return value;
}

static bool take_header(str *rest, struct block_counts *out)
{
    if (rest->len < HEADER_BYTES || !str_starts(*rest, LIT("TZif")) || rest->at[4] < '2')
        return false;
    *rest = str_skip(*rest, 20);
    size_t *const counts[] = {&out->utc,  &out->standard, &out->leap,
                              &out->time, &out->type,     &out->text};
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        *counts[i] = (size_t)take_big_endian(rest, 4);
        if (*counts[i] > FILE_BYTES_MAX)
            return false;
    }
    return out->type > 0 && out->type <= 256 && out->text > 0;
}

/* Of a block whose times have `time_bytes`. */
static size_t block_bytes(const struct block_counts *c, size_t time_bytes)
{
    return c->time * (time_bytes + 1) + c->type * TYPE_BYTES + c->text +
           c->leap * (time_bytes + 4) + c->standard + c->utc;
}

static bool read_times(struct arena *a, str *rest, const struct block_counts *c, struct zone *z)
{
    const int64_t limit = INT64_MAX / US_PER_SECOND / 2;
    int64_t *times_us = NEW_ARRAY(a, c->time, int64_t);
    for (size_t i = 0; i < c->time; i++) {
        int64_t seconds = (int64_t)take_big_endian(rest, 8);
        /* The big bang, as some files have it. */
        seconds = seconds < -limit ? -limit : seconds;
        times_us[i] = seconds * US_PER_SECOND;
        if (seconds > limit || (i > 0 && times_us[i] <= times_us[i - 1]))
            return false;
    }
    unsigned char *to = arena_take(a, c->time);
    for (size_t i = 0; i < c->time; i++) {
        to[i] = (unsigned char)rest->at[i];
        if (to[i] >= c->type)
            return false;
    }
    *rest = str_skip(*rest, c->time);
    z->times_us = times_us;
    z->to = to;
    z->count = c->time;
    return true;
}

static bool read_offsets(struct arena *a, str rest, const struct block_counts *c, struct zone *z)
{
    struct zone_offset *offsets = NEW_ARRAY(a, c->type, struct zone_offset);
    str texts = arena_copy(a, str_part(rest, c->type * TYPE_BYTES, c->type * TYPE_BYTES + c->text));
    for (size_t i = 0; i < c->type; i++) {
        int64_t seconds = (int32_t)(uint32_t)take_big_endian(&rest, 4);
        offsets[i].is_summer = take_big_endian(&rest, 1) != 0;
        str text = str_skip(texts, (size_t)take_big_endian(&rest, 1));
        offsets[i].abbreviation = str_part(text, 0, str_find_char(text, '\0'));
        offsets[i].east_us = seconds * US_PER_SECOND;
        if (seconds < -US_PER_DAY / US_PER_SECOND || seconds > US_PER_DAY / US_PER_SECOND)
            return false;
    }
    z->offsets = offsets;
    return true;
}

/* The line behind the block; an empty one says that nobody knows how the zone goes on. */
static bool read_rule(struct arena *a, str rest, struct zone *z)
{
    str line;
    if (!str_starts(rest, LIT("\n")))
        return false;
    rest = str_skip(rest, 1);
    if (!str_cut(&rest, '\n', &line))
        return false;
    z->has_rule = line.len > 0;
    return !z->has_rule || zone_rule_read(arena_copy(a, line), &z->rule);
}

static bool read_tzif(struct arena *a, str rest, struct zone *z)
{
    struct block_counts c;
    if (!take_header(&rest, &c) || rest.len < block_bytes(&c, 4))
        return false;
    rest = str_skip(rest, block_bytes(&c, 4));
    if (!take_header(&rest, &c) || rest.len < block_bytes(&c, 8))
        return false;
    str footer = str_skip(rest, block_bytes(&c, 8));
    return read_times(a, &rest, &c, z) && read_offsets(a, rest, &c, z) && read_rule(a, footer, z);
}

/* Memory that ends with `zones`; words with `a`. */
static err read_zone(struct arena *a, struct arena *zones, str name, str tzif, struct zone **out)
{
    struct zone *z = NEW(zones, struct zone);
    z->name = arena_copy(zones, name);
    if (!read_tzif(zones, tzif, z))
        return FAIL(a, ERR_CORRUPT, "the file of time zone %.*s is broken; reinstall tzdata",
                    STR_ARG(name));
    *out = z;
    return NULL;
}

err zone_read(struct arena *a, str name, str tzif, const struct zone **out)
{
    struct zone *z = NULL;
    TRY(read_zone(a, a, name, tzif, &z));
    *out = z;
    return NULL;
}

str zone_name(const struct zone *z)
{
    return z->name;
}

/* ---- what holds when */

/* How many listed changes are at or before a time. */
static size_t changes_until(const struct zone *z, int64_t time_us)
{
    size_t from = 0;
    size_t to = z->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (z->times_us[middle] <= time_us)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The end of what is listed. */
static int64_t listed_until(const struct zone *z)
{
    return z->count ? z->times_us[z->count - 1] : INT64_MIN;
}

static struct zone_change listed_change(const struct zone *z, size_t at)
{
    return (struct zone_change){.time_us = z->times_us[at],
                                .before = z->offsets[at ? z->to[at - 1] : 0],
                                .after = z->offsets[z->to[at]]};
}

static int64_t year_of(int64_t time_us)
{
    int64_t year;
    unsigned month;
    unsigned day;
    int64_t days = time_us / US_PER_DAY - (time_us % US_PER_DAY < 0);
    clock_date_of_days(days, &year, &month, &day);
    return year;
}

/* The changes by the rule in the years around a time, ascending. */
#define NEAR_CHANGES 6
static void changes_near(const struct zone_rule *rule, int64_t time_us,
                         struct zone_change out[NEAR_CHANGES])
{
    int64_t year = year_of(time_us);
    for (int64_t i = 0; i < NEAR_CHANGES / 2; i++)
        zone_rule_changes(rule, year - 1 + i, out + i * 2);
}

static bool goes_on_by_rule(const struct zone *z)
{
    return z->has_rule && z->rule.has_summer;
}

static bool is_same(const struct zone_offset *a, const struct zone_offset *b)
{
    return a->east_us == b->east_us && a->is_summer == b->is_summer &&
           str_eq(a->abbreviation, b->abbreviation);
}

bool zone_next_change(const struct zone *z, int64_t time_us, struct zone_change *out)
{
    for (size_t at = changes_until(z, time_us); at < z->count; at++) {
        struct zone_change change = listed_change(z, at);
        if (!is_same(&change.before, &change.after)) {
            *out = change;
            return true;
        }
    }
    if (!goes_on_by_rule(z))
        return false;
    int64_t after_us = time_us > listed_until(z) ? time_us : listed_until(z);
    struct zone_change near[NEAR_CHANGES];
    changes_near(&z->rule, after_us, near);
    size_t at = 0;
    while (at < NEAR_CHANGES && near[at].time_us <= after_us)
        at++;
    if (at == NEAR_CHANGES)
        return false;
    *out = near[at];
    return true;
}

/* The last one by the rule, if it is not before the end of what is listed. */
static bool last_by_rule(const struct zone *z, int64_t time_us, struct zone_change *out)
{
    if (!goes_on_by_rule(z) || time_us <= listed_until(z))
        return false;
    struct zone_change near[NEAR_CHANGES];
    changes_near(&z->rule, time_us, near);
    size_t at = NEAR_CHANGES;
    while (at > 0 && near[at - 1].time_us > time_us)
        at--;
    if (at == 0 || near[at - 1].time_us <= listed_until(z))
        return false;
    *out = near[at - 1];
    return true;
}

bool zone_last_change(const struct zone *z, int64_t time_us, struct zone_change *out)
{
    if (last_by_rule(z, time_us, out))
        return true;
    for (size_t at = changes_until(z, time_us); at > 0; at--) {
        struct zone_change change = listed_change(z, at - 1);
        if (!is_same(&change.before, &change.after)) {
            *out = change;
            return true;
        }
    }
    return false;
}

struct zone_offset zone_at(const struct zone *z, int64_t time_us)
{
    struct zone_change last;
    if (last_by_rule(z, time_us, &last))
        return last.after;
    size_t count = changes_until(z, time_us);
    if (count == 0 && z->has_rule && z->count == 0)
        return z->rule.standard;
    return z->offsets[count ? z->to[count - 1] : 0];
}

int64_t zone_to_local(const struct zone *z, int64_t time_us)
{
    return time_us + zone_at(z, time_us).east_us;
}

enum zone_fit zone_to_utc(const struct zone *z, int64_t local_us, int64_t *time_us)
{
    /* No zone is a day away from UTC, so these two lie on either side of what is asked. */
    int64_t before_us = local_us - zone_at(z, local_us - US_PER_DAY).east_us;
    int64_t after_us = local_us - zone_at(z, local_us + US_PER_DAY).east_us;
    bool is_before = zone_to_local(z, before_us) == local_us;
    bool is_after = zone_to_local(z, after_us) == local_us;
    if (is_before || is_after) {
        *time_us = is_before ? before_us : after_us;
        return is_before && is_after && before_us != after_us ? ZONE_TWICE : ZONE_ONCE;
    }
    struct zone_change jump = {.time_us = before_us};
    (void)zone_last_change(z, before_us > after_us ? before_us : after_us, &jump);
    *time_us = jump.time_us;
    return ZONE_SKIPPED;
}

/* ---- texts */

bool zone_read_local(str text, int64_t *local_us)
{
    char whole[21];
    if (text.len != ZONE_TEXT_BYTES - 1)
        return false;
    memcpy(whole, text.at, text.len);
    memcpy(whole + text.len, ":00Z", 4);
    return clock_read((str){whole, text.len + 4}, local_us, NULL);
}

str zone_write_local(int64_t local_us, char text[ZONE_TEXT_BYTES])
{
    char whole[CLOCK_TEXT_BYTES];
    clock_write(local_us, whole);
    memcpy(text, whole, ZONE_TEXT_BYTES - 1);
    text[ZONE_TEXT_BYTES - 1] = '\0';
    return (str){text, ZONE_TEXT_BYTES - 1};
}

/* ---- the book */

struct zone_book *zone_book_open(const char *folder)
{
    struct zone_book *book = calloc(1, sizeof(*book));
    ASSERT(book);
    book->folder = folder;
    pthread_mutex_init(&book->lock, NULL);
    map_init(&book->zones, &book->arena);
    return book;
}

void zone_book_close(struct zone_book *book)
{
    if (!book)
        return;
    arena_done(&book->arena);
    pthread_mutex_destroy(&book->lock);
    free(book);
}

/* Such as America/Argentina/Buenos_Aires or Etc/GMT+5; what else lies in the folder is no zone. */
static bool is_name(str name)
{
    if (name.len == 0 || name.len > ZONE_NAME_BYTES_MAX || !char_is_upper(name.at[0]))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool begins_part = i > 0 && name.at[i - 1] == '/';
        if (!char_is_alnum(c) && (begins_part || !memchr("_+-/", c, 4)))
            return false;
    }
    return name.at[name.len - 1] != '/';
}

static err load(struct arena *a, struct zone_book *book, str name, struct zone **out)
{
    str tzif;
    str path = arena_print(a, "%s/%.*s", book->folder, STR_ARG(name));
    if (file_is_dir(a, path))
        return FAIL(a, ERR_NOT_FOUND, "%.*s is a folder", STR_ARG(path));
    TRY(file_read(a, path, FILE_BYTES_MAX, &tzif));
    return read_zone(a, &book->arena, name, tzif, out);
}

static err find_locked(struct arena *a, struct zone_book *book, str name, const struct zone **out)
{
    struct zone *known = map_get(&book->zones, name);
    if (!known) {
        err failure = load(a, book, name, &known);
        if (failure && failure->code == ERR_NOT_FOUND)
            return FAIL(a, ERR_INVALID, "there is no time zone '%.*s'; one is America/New_York",
                        STR_ARG(name));
        TRY(failure);
        map_put(&book->zones, known->name, known);
    }
    *out = known;
    return NULL;
}

err zone_find(struct arena *a, struct zone_book *book, str name, const struct zone **out)
{
    if (!is_name(name))
        return FAIL(a, ERR_INVALID, "'%.*s' is no name of a time zone; one is America/New_York",
                    STR_ARG(name));
    pthread_mutex_lock(&book->lock);
    err failure = find_locked(a, book, name, out);
    pthread_mutex_unlock(&book->lock);
    return failure;
}
