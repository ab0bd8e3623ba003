/*
 * The directory as a sheet.
 */
#include "service/duty_sheet.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/map.h"
#include "service/oversight.h"
#include "service/place_name.h"
#include "store/people.h"

#define SHEET_BYTES_MAX ((size_t)8 << 20)

static const char HEADING[] =
    "organization,name,email,duty,verified,is_over,phone,timezone,verified_by,"
    "jurisdictions,places\r\n";

enum { ORGANIZATION, EMAIL, DUTY, VERIFIED, IS_OVER };
static const struct csv_column COLUMNS[] = {
    {.name = "organization", .is_required = true},
    {.name = "email", .is_required = true},
    {.name = "duty", .is_required = true},
    {.name = "verified"},
    {.name = "is_over"},
    {.name = "name"},
    {.name = "phone"},
    {.name = "timezone"},
    {.name = "verified_by"},
    {.name = "jurisdictions"},
    {.name = "places"},
    {0},
};

str duty_change_name(enum duty_change change)
{
#define DUTY_CHANGE_NAME(word, name) LIT_INIT(name),
    static const str NAMES[] = {DUTY_CHANGES(DUTY_CHANGE_NAME)};
#undef DUTY_CHANGE_NAME
    return NAMES[change];
}

/* ---- reading */

struct reading {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    struct map said;   /* lines by whom and what they are about */
    struct map loaded; /* ids of organizations whose duties are known */
    struct map known;  /* duties by whose they are */
    struct duty_sheet *sheet;
};

static void find_fault(struct duty_line *line, str words)
{
    line->change = DUTY_FAULTY;
    line->fault = words;
}

/* The same words for who is managed by others, and for who is not there. */
static err find_org(struct reading *f, struct duty_line *line, const struct policy_org **out)
{
    bool manages = false;
    err absent = admin_find_org(f->a, f->s, line->organization, out);
    if (absent && absent->code != ERR_NOT_FOUND)
        return absent;
    if (absent == NULL)
        TRY(oversight_of_org(f->a, f->s, f->r, *out, &manages));
    if (!manages)
        find_fault(line, LIT("You manage no organization of this name or id; write it as the "
                             "directory has it"));
    return NULL;
}

static bool is_yes(str text)
{
    return str_eq_nocase(text, LIT("yes")) || str_eq_nocase(text, LIT("true")) ||
           str_eq(text, LIT("1"));
}

/* Duty, day and the word that ends it. */
static void read_words(struct reading *f, struct duty_line *line, str is_over)
{
    struct admin_duty *said = &line->said;
    said->is_over = is_yes(is_over);
    if (!duty_read(line->duty, &said->duty))
        find_fault(line, arena_print(f->a, "A duty is one of %s", duty_words()));
    else if (line->verified.len && (!clock_read_date(line->verified, &said->verified_us) ||
                                    said->verified_us > f->s->now_us))
        find_fault(line, LIT("The day of the check is such as 2018-08-21, and not in the future"));
    else if (is_over.len && !said->is_over && !str_eq_nocase(is_over, LIT("no")))
        find_fault(line, LIT("is_over is yes, no or empty"));
}

static str duty_key(struct arena *a, int64_t org, int64_t person, enum duty duty)
{
    return arena_print(a, "%lld %lld %d", (long long)org, (long long)person, (int)duty);
}

/* Once for each organization: a sheet may have thousands of lines about one. */
static err load_duties(struct reading *f, const struct policy_org *org)
{
    struct duty_entries known = {0};
    if (map_get(&f->loaded, org->id))
        return NULL;
    TRY(duty_list(f->a, f->s, org->n, &known));
    for (size_t i = 0; i < known.count; i++) {
        struct duty_entry *d = &known.items[i];
        map_put(&f->known, duty_key(f->a, d->org, d->person, d->duty), d);
    }
    map_put(&f->loaded, org->id, f);
    return NULL;
}

static void judge_change(struct duty_line *line, const struct duty_entry *known)
{
    if (line->said.is_over && known == NULL)
        find_fault(line, LIT("There is no such duty that could be over"));
    else if (line->said.is_over)
        line->change = DUTY_OVER;
    else if (known == NULL)
        line->change = DUTY_NEW;
    else
        line->change = known->verified_us == line->said.verified_us ? DUTY_SAME : DUTY_CHANGED;
}

/* A line that says the same as one before it, or the contrary. */
static void check_repeated(struct reading *f, struct duty_line *line)
{
    str key = arena_print(f->a, "%.*s %.*s %d", STR_ARG(line->said.org), STR_ARG(line->said.email),
                          (int)line->said.duty);
    const size_t *first = map_put_new(&f->said, key, &line->line);
    if (*first != line->line)
        find_fault(line, arena_print(f->a, "Line %zu is about the same person and duty", *first));
}

static err read_line(struct reading *f, const struct csv_row *row)
{
    struct duty_line *line = NEW(f->a, struct duty_line);
    const struct policy_org *org = NULL;
    *line = (struct duty_line){.line = row->line,
                               .organization = str_trim(row->cells[ORGANIZATION]),
                               .email = str_trim(row->cells[EMAIL]),
                               .duty = str_trim(row->cells[DUTY]),
                               .verified = str_trim(row->cells[VERIFIED])};
    read_words(f, line, str_trim(row->cells[IS_OVER]));
    TRY(find_org(f, line, &org));
    const struct policy_person *person = policy_person_by_email(f->s->policy, line->email);
    if (line->change != DUTY_FAULTY && !policy_affiliation(person, org->n))
        find_fault(line, LIT("Nobody with this e-mail belongs to the organization; add them there "
                             "first"));
    if (line->change != DUTY_FAULTY) {
        line->said.org = org->id;
        line->said.email = person->email;
        line->said.verified_by = f->r->person->name;
        TRY(load_duties(f, org));
        judge_change(line, map_get(&f->known, duty_key(f->a, org->n, person->n, line->said.duty)));
        check_repeated(f, line);
    }
    *LIST_ADD(f->a, f->sheet) = *line;
    f->sheet->faults += line->change == DUTY_FAULTY;
    f->sheet->changes += line->change != DUTY_FAULTY && line->change != DUTY_SAME;
    return NULL;
}

err duty_sheet_read(struct arena *a, struct session *s, const struct reader *r, str csv,
                    struct duty_sheet *out)
{
    struct csv rows = {0};
    struct duty_sheet sheet = {0};
    struct reading f = {.a = a, .s = s, .r = r, .sheet = &sheet};
    map_init(&f.said, a);
    map_init(&f.loaded, a);
    map_init(&f.known, a);
    err unread = csv_read(a, csv, COLUMNS, &rows);
    if (unread)
        return FAIL(a, ERR_INVALID, "The sheet cannot be read: %.*s",
                    STR_ARG(error_text(a, unread)));
    if (rows.count > DUTY_SHEET_LINES_MAX)
        return FAIL(a, ERR_INVALID, "A sheet has up to %d lines; bring it in pieces",
                    DUTY_SHEET_LINES_MAX);
    for (size_t i = 0; i < rows.count; i++)
        TRY(read_line(&f, &rows.items[i]));
    *out = sheet;
    return NULL;
}

err duty_sheet_apply(struct arena *a, struct session *s, const struct reader *r, str csv,
                     struct duty_sheet *out)
{
    struct duty_sheet sheet = {0};
    TRY(duty_sheet_read(a, s, r, csv, &sheet));
    if (sheet.faults)
        return FAIL(a, ERR_INVALID,
                    "Nothing was changed: %zu of %zu lines cannot stand as they are. Look at them "
                    "first",
                    sheet.faults, sheet.count);
    for (size_t i = 0; i < sheet.count; i++) {
        if (sheet.items[i].change != DUTY_SAME)
            TRY(admin_set_duty_in(a, s, &sheet.items[i].said));
    }
    *out = sheet;
    return NULL;
}

/* ---- writing */

/* Some spreadsheets begin one with the wide forms, too, that East Asian keyboards have. */
static bool begins_formula(str text)
{
    static const str WIDE[] = {LIT_INIT("\xef\xbc\x9d"), LIT_INIT("\xef\xbc\x8b"),
                               LIT_INIT("\xef\xbc\x8d"), LIT_INIT("\xef\xbc\xa0")};
    bool begins = text.len && strchr("=+-@\t\r", text.at[0]);
    for (size_t i = 0; i < sizeof(WIDE) / sizeof(WIDE[0]); i++)
        begins |= str_starts(text, WIDE[i]);
    return begins;
}

/* Quoted where it must be; a spreadsheet is to take no text for a formula. */
static void put_cell(struct buf *to, str text, char end)
{
    bool is_formula = begins_formula(text);
    buf_put_char(to, '"');
    if (is_formula)
        buf_put_char(to, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_put_char(to, '"');
        buf_put_char(to, text.at[i]);
    }
    buf_put_char(to, '"');
    buf_put_char(to, end);
}

struct writing {
    struct arena *a;
    struct session *s;
    struct buf *to;
    struct map names; /* of places by code: many lines are of one organization */
};

static str name_of(struct writing *w, str code)
{
    str *known = map_get(&w->names, code);
    if (known == NULL) {
        known = NEW(w->a, str);
        *known = place_name_words(w->a, w->s->policy, code);
        map_put(&w->names, code, known);
    }
    return *known;
}

static str add_part(struct arena *a, str list, str one)
{
    return list.len ? arena_join(a, list, LIT("; "), one) : one;
}

/* What the organization answers for: the codes, and what the pages call them. */
static void put_places(struct writing *w, const struct policy_org *org)
{
    str codes = {0};
    str names = {0};
    for (size_t i = 0; i < org->jurisdiction_count; i++) {
        codes = add_part(w->a, codes, org->jurisdictions[i]);
        names = add_part(w->a, names, name_of(w, org->jurisdictions[i]));
    }
    put_cell(w->to, codes, ',');
    put_cell(w->to, names, '\r');
}

static err put_line(struct writing *w, const struct duty_entry *d)
{
    struct session *s = w->s;
    struct buf *to = w->to;
    const struct policy_org *org = policy_org(s->policy, d->org);
    const struct policy_person *person = policy_person(s->policy, d->person);
    char day[CLOCK_TEXT_BYTES];
    struct person_contact contact;
    if (org == NULL || !org->is_active || person == NULL || person->is_suspended)
        return NULL;
    TRY(people_contact(w->a, s, person->n, &contact));
    put_cell(to, org->name, ',');
    put_cell(to, person->name, ',');
    put_cell(to, person->email, ',');
    put_cell(to, duty_name(d->duty), ',');
    put_cell(to, d->verified_us ? str_part(clock_write(d->verified_us, day), 0, 10) : (str){0},
             ',');
    put_cell(to, (str){0}, ',');
    put_cell(to, contact.phone, ',');
    put_cell(to, contact.timezone, ',');
    put_cell(to, d->verified_us ? d->verified_by : (str){0}, ',');
    put_places(w, org);
    buf_put_char(to, '\n');
    return NULL;
}

err duty_sheet_write(struct arena *a, struct session *s, str *out)
{
    struct duty_entries duties = {0};
    OWNED(buf_done) struct buf text;
    buf_init(&text, SHEET_BYTES_MAX);
    TRY(duty_list(a, s, 0, &duties));
    buf_put(&text, LIT(HEADING));
    struct writing w = {.a = a, .s = s, .to = &text};
    map_init(&w.names, a);
    for (size_t i = 0; i < duties.count; i++)
        TRY(put_line(&w, &duties.items[i]));
    TRY(buf_check(a, &text));
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}
