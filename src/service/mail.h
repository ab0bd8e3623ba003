/*
 * What the exchange mails about briefings (B11, B14, B15): an invitation, what has changed, a
 * cancellation, each with a calendar file and a link to answer by.
 *
 * A message is neutral: when the call is, and how to answer. What it is about, who invites and how
 * to join are told on the exchange only.
 */
#ifndef TOCSIN_SERVICE_MAIL_H
#define TOCSIN_SERVICE_MAIL_H

#include "http/smtp.h"
#include "service/briefing_answer.h"
#include "service/calendar.h"
#include "service/mail_words.h"
#include "store/mailing.h"
#include "store/outbox.h"

/* Invitations looked at in one commit. */
#define MAIL_PIECE 50

/* What a message says: which of its kinds, and about which briefing. */
struct mail_about {
    enum mail_kind kind;
    const struct briefing *briefing;
    str public_url;
};

/*
 * In the write session that changed it: everyone invited to the briefing is to be mailed what they
 * would notice and were not told yet. Costs the same for any number of people.
 */
err mail_order(struct arena *a, struct session *s, str briefing) MUST_USE;

/*
 * The same of a correction (B22): everyone invited who may read it is to be mailed that something
 * was corrected.
 */
err mail_order_correction(struct arena *a, struct session *s, str correction) MUST_USE;

/* The next piece of what was ordered; `*is_idle` where nothing is. Opens its own sessions. */
err mail_piece(struct arena *a, struct store *store, str public_url, bool *is_idle) MUST_USE;

/*
 * A message of that kind without calendar and link: an approval that is awaited (B8), a promise
 * that falls due (B22). Somebody who is suspended, and the zero id, are told nothing.
 */
err mail_note(struct arena *a, struct session *s, const struct mail_about *about,
              str person) MUST_USE;
/* The same to every publisher of an organization. */
err mail_note_publishers(struct arena *a, struct session *s, const struct mail_about *about,
                         const struct policy_org *org) MUST_USE;

/* What the calendar of an invitee holds; texts and zones live as long as arena and store. */
err mail_event(struct arena *a, struct session *s, str public_url,
               const struct briefing_calendar *of, struct calendar_event *out) MUST_USE;

/* Without a relay, and on a demo exchange, what would have gone is kept and shown. */
enum outbox_state mail_first_state(const struct session *s);

/* The message with the secret of its link where it belongs. */
str mail_body(struct arena *a, const struct outbox_message *m, str secret);

/* ---- the relay of the settings */

/* ERR_INPUT: the settings lack something, or the password's file cannot be read. */
err mail_relay(struct arena *a, const struct config *config, struct smtp_relay *out) MUST_USE;
/* As bytes, from the settings' address, with a return path of its own. */
err mail_compose(struct arena *a, const struct store *store, const struct outbox_message *m,
                 struct smtp_mail *out) MUST_USE;

#endif
