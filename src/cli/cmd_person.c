/*
 * tocsin person: the people of the organizations.
 */
#include "base/clock.h"
#include "base/csv.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "service/account.h"
#include "service/admin_people.h"
#include "service/newcomer.h"
#include "service/signing.h"
#include "store/people.h"

#define CSV_BYTES_MAX ((size_t)64 << 20)

static err read_password(struct arena *a, const struct cli *cli, str *out)
{
    if (cli_has(cli, "password-stdin"))
        return file_read_secret_line(a, out);
    *out = (str){0};
    return NULL;
}

/* ---- add, import */

static err read_ceiling(struct arena *a, struct cli *cli, struct admin_person *out)
{
    out->has_own_ceiling = cli_has(cli, "ceiling");
    if (!out->has_own_ceiling)
        return NULL;
    TRY(values_tlp(a, cli_value(cli, "ceiling"), &out->own_ceiling));
    if (out->own_ceiling <= NEWCOMER_CEILING)
        return NULL;
    return FAIL(a, ERR_USAGE,
                "somebody whom nobody has called yet reads up to clear or green; once somebody "
                "has, up to what the organization may: tocsin person confirm");
}

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_person person = {.org = cli_value(cli, "org"),
                                  .email = cli_value(cli, "email"),
                                  .name = cli_value(cli, "name"),
                                  .phone = cli_value(cli, "phone"),
                                  .timezone = cli_value(cli, "timezone")};
    TRY(values_roles(a, values_of(a, cli, "role"), &person.roles));
    TRY(read_ceiling(a, cli, &person));
    TRY(read_password(a, cli, &person.password));
    TRY(cli_store(a, cli, &store));
    TRY(admin_add_people(a, store, &person, 1));
    struct record r = {.arena = a};
    record_text(&r, "id", person.id);
    record_flag(&r, "is_new", person.is_new);
    return record_print_id(a, cli, &r);
}

enum column { EMAIL, NAME, ORG, ROLES, PHONE, TIMEZONE, DUTIES, VERIFIED };

static const struct csv_column COLUMNS[] = {
    [EMAIL] = {"email", true},
    [NAME] = {"name"},
    [ORG] = {"org", true},
    [ROLES] = {"roles", true, "role"},
    [PHONE] = {"phone"},
    [TIMEZONE] = {"timezone"},
    [DUTIES] = {"duties", false, "duty"},
    [VERIFIED] = {"verified"},
    [VERIFIED + 1] = {0},
};

/* "2018-08-14", or nothing. */
static err read_day(struct arena *a, str text, int64_t *out)
{
    *out = 0;
    if (text.len && !clock_read_date(text, out))
        return FAIL(a, ERR_USAGE, "'%.*s' is no day; write it as 2018-08-14", STR_ARG(text));
    return NULL;
}

static err read_duty(struct arena *a, str text, enum duty *out)
{
    if (duty_read(text, out))
        return NULL;
    return FAIL(a, ERR_USAGE, "'%.*s' is no duty; it is one of %s", STR_ARG(text), duty_words());
}

static err read_row(struct arena *a, const struct csv_row *row, struct admin_person *out)
{
    *out = (struct admin_person){.org = row->cells[ORG],
                                 .email = row->cells[EMAIL],
                                 .name = row->cells[NAME],
                                 .phone = row->cells[PHONE],
                                 .timezone = row->cells[TIMEZONE],
                                 .line = row->line};
    TRY(read_day(a, row->cells[VERIFIED], &out->verified_us));
    struct value_list duties = values_split(a, row->cells[DUTIES]);
    for (size_t i = 0; i < duties.count; i++) {
        enum duty duty;
        TRY(read_duty(a, duties.items[i], &duty));
        out->duties |= 1u << duty;
    }
    return values_roles(a, values_split(a, row->cells[ROLES]), &out->roles);
}

static err import_file(struct arena *a, struct cli *cli, str path, struct records *made)
{
    str text;
    struct csv csv;
    struct store *store;
    TRY(file_read(a, path, CSV_BYTES_MAX, &text));
    TRY(csv_read(a, text, COLUMNS, &csv));
    struct admin_person *people = NEW_ARRAY(a, csv.count, struct admin_person);
    for (size_t i = 0; i < csv.count; i++) {
        err failure = read_row(a, &csv.items[i], &people[i]);
        if (failure)
            return WRAP(a, failure, "line %zu", csv.items[i].line);
    }
    TRY(cli_store(a, cli, &store));
    TRY(admin_add_people(a, store, people, csv.count));
    for (size_t i = 0; i < csv.count; i++) {
        struct record *r = records_add(made);
        record_text(r, "id", people[i].id);
        record_text(r, "email", people[i].email);
        record_flag(r, "is_new", people[i].is_new);
    }
    return NULL;
}

static err run_import(struct arena *a, struct cli *cli)
{
    str path = cli_argument(cli, 0);
    struct records made = {.arena = a};
    err failure = import_file(a, cli, path, &made);
    if (failure)
        return WRAP(a, failure, "%.*s, nothing of which was kept", STR_ARG(path));
    return records_print(a, cli, &made, "people in this file");
}

/* ---- list */

/* "publisher, member of Ohio Secretary of State" */
static void put_affiliations(struct arena *a, const struct policy *p,
                             const struct policy_person *person, struct record *r)
{
    str *texts = NEW_ARRAY(a, person->affiliation_count, str);
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_affiliation *at = &person->affiliations[i];
        const struct policy_org *org = policy_org(p, at->org);
        struct value_list roles = values_role_names(a, at->roles);
        str words = {0};
        for (size_t j = 0; j < roles.count; j++)
            words = arena_join(a, words, j ? LIT("+") : (str){0}, roles.items[j]);
        texts[i] = arena_join(a, words, LIT(" of "), org ? org->name : LIT("?"));
    }
    record_list(r, "affiliations", texts, person->affiliation_count);
}

static void put_orgs(struct arena *a, const struct policy *p, const struct policy_person *person,
                     struct record *r)
{
    str *ids = NEW_ARRAY(a, person->affiliation_count, str);
    size_t count = 0;
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(p, person->affiliations[i].org);
        if (org)
            ids[count++] = arena_copy(a, org->id);
    }
    record_list(r, "organizations", ids, count);
    record_json_only(r);
}

/* "not yet (green in Ohio Secretary of State)"; empty: whoever had to be called was. */
static str calls_awaited(struct arena *a, const struct policy *p,
                         const struct policy_person *person)
{
    str words = {0};
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_affiliation *at = &person->affiliations[i];
        const struct policy_org *org = policy_org(p, at->org);
        if (at->ceiling < TLP_RED)
            words =
                arena_print(a, "%.*s%s%.*s in %.*s", STR_ARG(words), words.len ? ", " : "",
                            STR_ARG(tlp_word(at->ceiling)), STR_ARG(org ? org->name : LIT("?")));
    }
    return words.len ? arena_print(a, "not yet (%.*s)", STR_ARG(words)) : words;
}

static err put_person(struct arena *a, struct session *s, const struct policy_person *person,
                      struct record *r)
{
    struct person_contact contact;
    TRY(people_contact(a, s, person->n, &contact));
    record_text(r, "id", arena_copy(a, person->id));
    record_json_only(r);
    record_text(r, "email", arena_copy(a, person->email));
    record_text(r, "name", arena_copy(a, person->name));
    put_affiliations(a, s->policy, person, r);
    put_orgs(a, s->policy, person, r);
    record_text(r, "phone", contact.phone);
    record_text(r, "timezone", contact.timezone);
    record_flag(r, "password", person->password.len > 0);
    record_flag(r, "suspended", person->is_suspended);
    record_text(r, "called", calls_awaited(a, s->policy, person));
    return NULL;
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct records list = {.arena = a};
    for (size_t i = 0; i < s.policy->person_count; i++)
        TRY(put_person(a, &s, &s.policy->people[i], records_add(&list)));
    return records_print(a, cli, &list, "people");
}

/* ---- duty, duties */

static err run_duty(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_duty duty = {.email = cli_argument(cli, 0),
                              .org = cli_value(cli, "org"),
                              .is_over = cli_has(cli, "over")};
    str as = cli_value(cli, "as");
    TRY(read_duty(a, as.len ? as : LIT("primary"), &duty.duty));
    TRY(read_day(a, cli_value(cli, "verified"), &duty.verified_us));
    TRY(cli_store(a, cli, &store));
    return admin_set_duty(a, store, &duty);
}

static void put_duty(struct arena *a, const struct policy *p, const struct duty_entry *d,
                     struct record *r)
{
    const struct policy_person *person = policy_person(p, d->person);
    const struct policy_org *org = policy_org(p, d->org);
    char day[CLOCK_TEXT_BYTES];
    record_text(r, "organization", org ? arena_copy(a, org->name) : (str){0});
    record_text(r, "duty", duty_name(d->duty));
    record_text(r, "email", person ? arena_copy(a, person->email) : (str){0});
    record_text(r, "name", person ? arena_copy(a, person->name) : (str){0});
    record_text(r, "verified",
                d->verified_us ? arena_copy(a, str_part(clock_write(d->verified_us, day), 0, 10))
                               : (str){0});
    record_text(r, "verified_by", d->verified_by);
}

static err run_duties(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct duty_entries duties = {0};
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(duty_list(a, &s, 0, &duties));
    struct records list = {.arena = a};
    for (size_t i = 0; i < duties.count; i++)
        put_duty(a, s.policy, &duties.items[i], records_add(&list));
    return records_print(a, cli, &list, "duty officers");
}

/* ---- suspend, reinstate, confirm, passwd, reset */

static err print_person(struct arena *a, struct cli *cli, struct store *store)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_person *person;
    TRY(session_read(a, store, &s));
    TRY(people_find(a, &s, cli_argument(cli, 0), &person));
    struct record r = {.arena = a};
    TRY(put_person(a, &s, person, &r));
    return record_print_id(a, cli, &r);
}

static err suspend(struct arena *a, struct cli *cli, bool is_suspended)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    TRY(admin_suspend_person(a, store, cli_argument(cli, 0), is_suspended));
    return print_person(a, cli, store);
}

static err run_suspend(struct arena *a, struct cli *cli)
{
    return suspend(a, cli, true);
}

static err run_reinstate(struct arena *a, struct cli *cli)
{
    return suspend(a, cli, false);
}

static err run_confirm(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    TRY(newcomer_confirm_now(a, store, cli_argument(cli, 0), cli_value(cli, "org")));
    return print_person(a, cli, store);
}

static err run_passwd(struct arena *a, struct cli *cli)
{
    struct store *store;
    str password;
    TRY(read_password(a, cli, &password));
    TRY(cli_store(a, cli, &store));
    TRY(admin_set_password(a, store, cli_argument(cli, 0), password));
    return print_person(a, cli, store);
}

static err run_reset(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_reset reset;
    TRY(cli_store(a, cli, &store));
    TRY(admin_reset_person(a, store, cli_argument(cli, 0), &reset));
    struct record r = {.arena = a};
    record_text(&r, "id", reset.id);
    record_text(&r, "password", reset.password);
    record_number(&r, "revoked_tokens", reset.revoked_count);
    TRY(record_print(a, cli, &r));
    cli_note(cli, "hand the password over in person or by calling the number on file; it is not "
                  "shown again");
    return NULL;
}

/* ---- link */

static str link_url(struct arena *a, const struct store *store, str secret)
{
    str base = store_config(store)->public_url;
    return arena_print(a, "%.*s/app/link#%.*s", STR_ARG(base), STR_ARG(secret));
}

static err run_link(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct account_link link = {.person = cli_argument(cli, 0), .org = cli_value(cli, "org")};
    TRY(cli_store(a, cli, &store));
    TRY(account_make_link_now(a, store, &link));
    char expires[CLOCK_TEXT_BYTES];
    struct record r = {.arena = a};
    record_text(&r, "id", link.id);
    record_text(&r, "url", link_url(a, store, link.secret));
    record_text(&r, "secret", link.secret);
    record_text(&r, "expires", clock_write(link.expires_us, expires));
    TRY(record_print(a, cli, &r));
    cli_note(cli,
             "whoever opens the link sets the password of this account; it is not shown "
             "again%s",
             store_config(store)->public_url.len
                 ? ""
                 : "; set public_url in tocsin.conf to get whole addresses");
    return NULL;
}

/* ---- chair */

static err run_chair(struct arena *a, struct cli *cli)
{
    struct store *store;
    const struct signing_chair chair = {.email = cli_argument(cli, 0),
                                        .id = cli_value(cli, "id"),
                                        .org = cli_value(cli, "org"),
                                        .title = cli_value(cli, "title"),
                                        .about = cli_value(cli, "about")};
    TRY(cli_store(a, cli, &store));
    TRY(signing_put_chair(a, store, &chair));
    return print_person(a, cli, store);
}

/* ---- the tables */

static const struct flag ADD_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "The organization to act for"},
    {.name = "email", .value = "E", .is_required = true, .help = "The account"},
    {.name = "name", .value = "N", .help = "Needed unless the e-mail is known already"},
    {.name = "role",
     .value = "R",
     .is_repeated = true,
     .is_required = true,
     .help = "steward, admin, publisher, member or observer"},
    {.name = "phone", .value = "P", .help = "The number to verify them by"},
    {.name = "timezone", .value = "TZ", .help = "Such as America/New_York"},
    {.name = "ceiling",
     .value = "TLP",
     .help = "clear or green: what they read at most, until somebody has called them"},
    {.name = "password-stdin", .help = "Read a password from the first line of standard input"},
    {0},
};

static const struct flag DUTY_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "For which organization"},
    {.name = "as", .value = "DUTY", .help = "primary (unless said), stand-in or after-hours"},
    {.name = "verified", .value = "DAY", .help = "The day on which somebody checked, 2018-08-14"},
    {.name = "over", .help = "They have that duty no longer"},
    {0},
};

static const struct flag CONFIRM_FLAGS[] = {
    {.name = "org", .value = "ID", .help = "For which; needed where another has their account"},
    {0},
};

static const struct flag PASSWD_FLAGS[] = {
    {.name = "password-stdin",
     .is_required = true,
     .help = "Read the password from the first line of standard input"},
    {0},
};

static const struct flag LINK_FLAGS[] = {
    {.name = "org", .value = "ID", .help = "For whom they act; needed where they have several"},
    {0},
};

static const struct flag CHAIR_FLAGS[] = {
    {.name = "id", .value = "WORD", .is_required = true, .help = "Such as county-clerk"},
    {.name = "title", .value = "T", .is_required = true, .help = "What the visitor reads"},
    {.name = "org", .value = "ID", .help = "For whom they act; needed where they have several"},
    {.name = "about", .value = "S", .help = "One sentence: what this chair is there for"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Add a person and print the identity id; a known e-mail gains an affiliation",
     .example = "tocsin person --data exchange add --org \"Ohio Secretary of State\" --email "
                "duty@ohio.example --name \"Duty Officer\" --role publisher --password-stdin",
     .run = run_add},
    {.name = "import",
     ONE_ARGUMENT("F.csv"),
     .needs_data = true,
     .has_json = true,
     .summary = "Add the people of a CSV file, all or none; its columns: "
                "email,name,org,roles,phone,timezone,duties,verified (several: a;b)",
     .example = "tocsin person --data exchange import people.csv",
     .run = run_import},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List the people",
     .example = "tocsin person --data exchange list",
     .run = run_list},
    {.name = "duty",
     ONE_ARGUMENT("E"),
     .flags = DUTY_FLAGS,
     .needs_data = true,
     .summary = "Say that a person answers for an organization: whom briefings invite",
     .example = "tocsin person --data exchange duty duty@ohio.example --org \"Ohio Secretary of "
                "State\" --verified 2018-08-14",
     .run = run_duty},
    {.name = "duties",
     .needs_data = true,
     .has_json = true,
     .summary = "List who answers for which organization, and when that was checked",
     .example = "tocsin person --data exchange duties",
     .run = run_duties},
    {.name = "suspend",
     ONE_ARGUMENT("E"),
     .needs_data = true,
     .has_json = true,
     .summary = "Take all access from a person and their tokens at once",
     .example = "tocsin person --data exchange suspend duty@ohio.example",
     .run = run_suspend},
    {.name = "reinstate",
     ONE_ARGUMENT("E"),
     .needs_data = true,
     .has_json = true,
     .summary = "Undo suspend",
     .example = "tocsin person --data exchange reinstate duty@ohio.example",
     .run = run_reinstate},
    {.name = "confirm",
     ONE_ARGUMENT("E"),
     .flags = CONFIRM_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "You have called somebody who was vouched for, and it was them: they read as their "
                "organization does, and go where they were to be sent",
     .example = "tocsin person --data exchange confirm deputy@county.example",
     .run = run_confirm},
    {.name = "passwd",
     ONE_ARGUMENT("E"),
     .flags = PASSWD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Set a person's password",
     .example = "tocsin person --data exchange passwd duty@ohio.example --password-stdin < secret",
     .run = run_passwd},
    {.name = "reset",
     ONE_ARGUMENT("E"),
     .needs_data = true,
     .has_json = true,
     .summary = "The last resort: a new random password, shown once; tokens, certificates, second "
                "steps and sessions are gone",
     .example = "tocsin person --data exchange reset duty@ohio.example",
     .run = run_reset},
    {.name = "link",
     ONE_ARGUMENT("E"),
     .flags = LINK_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Print a link, good for 14 days, by which a person sets a password or a passkey "
                "and signs in; "
                "for the first steward, for instance",
     .example = "tocsin person --data exchange link steward@exchange.example",
     .run = run_link},
    {.name = "chair",
     ONE_ARGUMENT("E"),
     .flags = CHAIR_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Of a demo exchange served on loopback: let visitors sign in as this person "
                "without a password",
     .example = "tocsin person --data demo-data chair clerk@county.example --id county-clerk "
                "--title \"County clerk\"",
     .run = run_chair},
    {0},
};

const struct command command_person = {
    .name = "person",
    .summary = "The people of the organizations",
    .help = "A person has one account, by e-mail, and acts for one of their organizations at a "
            "time, with the roles held there. To add somebody to an organization again replaces "
            "their roles there.",
    .verbs = VERBS,
};
