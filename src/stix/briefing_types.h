/*
 * Our own types of STIX objects: what a joint briefing consists of. Each comes by an extension
 * definition of type new-sdo with a fixed id (schemas/extensions.json, docs/stix-extensions.md).
 */
#ifndef TOCSIN_STIX_BRIEFING_TYPES_H
#define TOCSIN_STIX_BRIEFING_TYPES_H

#define BRIEFING_EXTENSION "extension-definition--99c0d737-5b6f-48e6-bbd5-a3dcac8f9de9"
#define PLAN_EXTENSION "extension-definition--21b9c345-bb63-499b-b03b-5b6ac1bea3ef"
#define JOIN_EXTENSION "extension-definition--5ac18736-a2b5-4b69-9863-7682c2f837ef"
#define ITEM_EXTENSION "extension-definition--246eca81-1c56-45a7-a1fa-c420aa31e1bb"
#define INVITATION_EXTENSION "extension-definition--7282df45-4864-428d-a7f3-8875ac0c196b"
#define REPLY_EXTENSION "extension-definition--34062e22-4dcf-44eb-bdc0-3e75ae7ed1f9"
#define ATTENDANCE_EXTENSION "extension-definition--43c027ec-df24-49cd-b53a-5dbcd3faaa3b"
#define QUESTION_EXTENSION "extension-definition--94aea574-5510-485b-9f12-ce50c7635ae0"
#define HOST_EXTENSION "extension-definition--2debcf4d-1a92-48e4-b07a-4ea4028466fa"
#define APPROVAL_EXTENSION "extension-definition--e7c47df4-f8a3-48ff-acf7-38b2d2beba87"
#define COMMITMENT_EXTENSION "extension-definition--1a9a4582-f7bc-4e04-95fc-9b33ec10c2a1"
#define CORRECTION_EXTENSION "extension-definition--2fb9f925-3aa2-4f6d-9a7a-99ed1606e44c"
#define ABSENCE_EXTENSION "extension-definition--721957f0-886c-49d5-b72b-d72ff7e92dda"
#define WIDENING_EXTENSION "extension-definition--6ed9bd89-c6ae-4e61-bb6c-f47b0ce19507"
#define WIDENING_ANSWER_EXTENSION "extension-definition--e985d153-1d56-4773-b90e-2bf2dd4059c1"
#define ACTION_EXTENSION "extension-definition--9856c1d4-fc10-46fb-b6ff-3f0c5b348e58"
#define MATERIAL_EXTENSION "extension-definition--6f322c55-3d7b-4693-b917-bea14397f892"

/* A property extension of artifact: the exchange keeps its bytes, and under which name. */
#define FILE_EXTENSION "extension-definition--3af9c349-1daf-4f70-86e4-b5398e7896f6"

/* What an organization may have done, by its own decision (B23). */
#define ACTION_DEEDS(X)            \
    X(DEED_REMOVED, "removed")     \
    X(DEED_LABELLED, "labelled")   \
    X(DEED_LIMITED, "limited")     \
    X(DEED_BLOCKED, "blocked")     \
    X(DEED_SEIZED, "seized")       \
    X(DEED_CHARGED, "charged")     \
    X(DEED_PATCHED, "patched")     \
    X(DEED_WARNED, "warned")       \
    X(DEED_CORRECTED, "corrected") \
    X(DEED_OTHER, "other")

/* A property extension of opinion: whose answer it is, and who may read its words. */
#define USEFULNESS_EXTENSION "extension-definition--284f249a-7087-43dd-9f92-09491738686f"

/* A property extension of identity: the organizations that own a group together. */
#define GROUP_EXTENSION "extension-definition--706dafb2-4ee6-4800-9226-eafaf483ac43"

#endif
