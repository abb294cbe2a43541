/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-toast-errors.h"

#include "sm-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What people read when something went wrong: one sentence that says what, and
 * one that says what to do.  Problems travel as slugs; this is the only place
 * that words them.  Never a code, never a domain, never the service's own text.
 */
typedef struct
{
  const char *slug;
  const char *what;
  const char *next;
} Wording;

/* Several slugs share a next step. */
/* Feeds are asked again by themselves, a question of a person's is not. */
#define WAIT                                                                                  \
  N_ ("What is shown stays usable and catches up by itself; what got no answer, ask again.")
#define UPDATE N_ ("Ask whoever runs the service which version belongs to it.")
#define UPDATE_OWN N_ ("Start the newer version again.")
#define REPORT N_ ("Try again; if it stays, report it with the time it happened.")
#define LOOK N_ ("Look at the alarm as it is now.")
#define LOOK_AGAIN N_ ("Look at the alarm as it is now, then acknowledge it again if that is right.")
#define SIGN_IN N_ ("Sign in again.")
#define OWN_CA                                                                                     \
  N_ ("If the network has an authority of its own, name its certificate in the preferences, or by " \
      "--ca-file.")
#define RENEW N_ ("Check this computer's clock, then ask whoever runs the service to renew it.")
#define DISK N_ ("Free some space or correct the rights of the folder; it then goes on by itself.")
#define CHOOSE N_ ("Choose somebody who may sit there.")
#define CORRECT N_ ("Correct the marked input and send it again.")

static const Wording wordings[] = {
  /* the way to the service */
  { "server-unreachable", N_ ("The service cannot be reached."), WAIT },
  { "server-unknown", N_ ("There is no server of that name."),
    N_ ("Check the address of the service.") },
  { "bad-address", N_ ("This is not the address of a service."),
    N_ ("Write it as http://host:port.") },
  { "timed-out", N_ ("The service did not answer in time."), WAIT },
  { "connection-lost", N_ ("The connection broke off."), WAIT },
  { "tls-failed", N_ ("No encrypted connection to the service could be made."),
    N_ ("Check the address and its port; ask whoever runs the service whether it speaks TLS.") },
  { "tls-untrusted", N_ ("The service's certificate cannot be trusted."),
    N_ ("Ask whoever runs the service for a valid certificate.") },
  { "tls-self-signed", N_ ("The service's certificate is signed by nobody but itself."), OWN_CA },
  { "tls-unknown-ca", N_ ("The service's certificate is signed by nobody whom this computer trusts."),
    OWN_CA },
  { "tls-expired", N_ ("The service's certificate has expired."), RENEW },
  { "tls-not-yet-valid", N_ ("The service's certificate is not valid yet."), RENEW },
  { "tls-wrong-host", N_ ("The service's certificate was issued for another name."),
    N_ ("Write the address with the name that the certificate was issued for.") },
  { "tls-revoked", N_ ("The service's certificate was revoked."),
    N_ ("Do not sign in there; ask whoever runs the service.") },
  { "ca-file-unreadable", N_ ("The certificate authority's file cannot be read."),
    N_ ("Choose a PEM file with its certificate in the preferences, or by --ca-file.") },
  { "redirect-to-plain", N_ ("The server points to an address without encryption."),
    N_ ("Nothing was sent there. Ask whoever runs the service for its right address.") },
  { "redirected", N_ ("The server points to another address."),
    N_ ("Use the address it points to, if you trust it.") },
  { "not-our-service", N_ ("What answers there is not a Stationmaster service."),
    N_ ("Check the address of the service.") },
  { "other-version", N_ ("The service speaks another version."), UPDATE },
  { "unexpected-answer", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "link-unknown", N_ ("There is no list of what this link asks for."),
    N_ ("Open the page itself and filter there.") },
  { "order-times", N_ ("An order cannot end before it began."), CORRECT },
  { "unknown-station", N_ ("There is no such station in this network."), CORRECT },
  { "too-much-asked", N_ ("More was asked for than one answer holds."),
    N_ ("Ask for a shorter time.") },
  { "answer-too-large", N_ ("The service's answer is larger than it may be."), UPDATE },
  /* who somebody is and may do */
  { "wrong-credentials", N_ ("The name or the password is wrong."),
    N_ ("Check both and try again.") },
  { "locked", N_ ("After several wrong passwords this name is locked for a while."),
    N_ ("Wait a few minutes, then try again.") },
  { "signed-out", N_ ("Nobody is signed in."), SIGN_IN },
  { "token-missing", N_ ("The sign-in is not valid any more."), SIGN_IN },
  { "token-invalid", N_ ("The sign-in is not valid any more."), SIGN_IN },
  { "session-over", N_ ("The sign-in has expired."), SIGN_IN },
  { "refresh-token-reused",
    N_ ("The sign-in was ended: its token was used by somebody else, too."),
    N_ ("Sign in again; if you cannot explain it, change your password and tell an "
        "administrator.") },
  { "token-expired", N_ ("The sign-in has expired."), SIGN_IN },
  { "demo-not-offered", N_ ("This service has no demo person."),
    N_ ("Sign in with a name and a password.") },
  { "permission-missing", N_ ("You do not have the permission for this."),
    N_ ("Ask an administrator for it.") },
  { "out-of-scope", N_ ("This is outside of what you are responsible for."),
    N_ ("Ask an administrator to extend your scope.") },
  { "too-many-requests", N_ ("The service is asked too often."), WAIT },
  /* acts */
  { "alarm-level-rose", N_ ("The alarm got worse after you looked at it."), LOOK_AGAIN },
  { "alarm-changed", N_ ("The alarm changed after you looked at it."), LOOK_AGAIN },
  { "alarm-rang-again", N_ ("The alarm rang again after you looked at it: nothing was acknowledged."),
    LOOK_AGAIN },
  { "alarm-not-open", N_ ("The alarm is over."), N_ ("Nothing to do: the list shows it as it is now.") },
  { "safety-code", N_ ("An alarm of safety cannot be put aside, expected or folded away."),
    N_ ("Acknowledge it and follow its steps; out of service it is only by two people.") },
  { "too-long-aside", N_ ("That is longer than it may be put aside."),
    N_ ("Choose a shorter time; it can be put aside again.") },
  { "second-person-needed", N_ ("This needs a second person."),
    N_ ("Ask somebody else to do it: not who acknowledged or asked.") },
  { "not-shelved", N_ ("The alarm is not put aside any more."), LOOK },
  { "not-suppressed", N_ ("The alarm is not expected any more."), LOOK },
  { "not-folded", N_ ("The alarm is not a part of another any more."), LOOK },
  { "not-latched", N_ ("There is nothing to release: the alarm is not latched."), LOOK },
  { "not-out-of-service", N_ ("It is not out of service any more."), LOOK },
  { "already-out-of-service", N_ ("It is out of service already."), LOOK },
  { "nothing-to-approve", N_ ("Nobody asks for this any more, or it was agreed to already."),
    LOOK },
  { "guidance-late", N_ ("A truck is not sent because of what was wanted so long ago."),
    N_ ("Look where the truck is now, and try again, or drop it.") },
  { "guidance-open", N_ ("The truck is told to go somewhere already."),
    N_ ("Withdraw that first.") },
  { "guidance-not-coming", N_ ("The truck is not on its way to that station any more."),
    N_ ("Nothing to do: it goes somewhere else.") },
  { "guidance-pack-gone", N_ ("That pack is not to be had any more."),
    N_ ("Look at what can be offered now.") },
  { "guidance-no-pack", N_ ("No pack is left that the truck reaches."),
    N_ ("Call the driver, or send a rescue.") },
  { "guidance-unknown-range", N_ ("Nobody knows how far the truck gets, or where it is."),
    N_ ("Call the driver.") },
  { "guidance-state", N_ ("That does not go with how the guidance stands."),
    N_ ("Look at it as it is now.") },
  { "work-order-state", N_ ("The work order is not in a state that this goes with."), LOOK },
  { "work-order-not-yours", N_ ("The work order is given to somebody else."), LOOK },
  { "work-order-not-restored", N_ ("Nothing has shown yet that it serves again."),
    N_ ("Have a test swap or test charge made, or say why it is confirmed all the same.") },
  { "follow-up-missing", N_ ("It was mended for now, and nobody is to come again."),
    N_ ("Say when somebody comes again.") },
  { "follow-up-exists", N_ ("Somebody is to come again already."), LOOK },
  { "photo-missing", N_ ("No photo arrived."), N_ ("Send the photo again.") },
  { "photo-unknown-format", N_ ("This is neither a JPEG nor a PNG photo."),
    N_ ("Choose a photo, or save it as JPEG or PNG.") },
  { "photos-too-many", N_ ("The work order has as many photos as it may have."),
    N_ ("Put further photos into another work order.") },
  { "outbox-file-lost", N_ ("The photo that was to be sent is not on this machine any more."),
    N_ ("Take it again if you can, and drop this one.") },
  { "outbox-files-full", N_ ("As many photos wait to be sent as may wait here."),
    N_ ("Wait until some were sent, or drop some under Pending and conflicts.") },
  { "photo-lost", N_ ("The file of the photo is not there any more."),
    N_ ("Put the folder of photos back from a backup.") },
  { "part-not-in-stock", N_ ("So many of the part are not there."), LOOK },
  { "certificate-missing", N_ ("The work needs a certificate that the engineer does not have."),
    N_ ("Choose somebody else, or say why it has to be this person.") },
  { "certificate-expired", N_ ("The certificate that the work needs has expired."),
    N_ ("Choose somebody else, or say why it has to be this person.") },
  { "window-state", N_ ("The maintenance window is not in a state that this goes with."), LOOK },
  { "window-approved-already", N_ ("The maintenance window has been approved already."), LOOK },
  { "window-not-proven", N_ ("Nothing has been served there since the maintenance window opened."),
    N_ ("Have a test swap or test charge made; or let somebody who may approve say why there "
        "is none.") },
  { "window-in-the-past", N_ ("It would be over before it begins."),
    N_ ("Choose a later end.") },
  { "window-too-long", N_ ("A maintenance window lasts two weeks at most, and begins within a year."),
    N_ ("Plan several, one for each part of the work.") },
  { "window-overlaps", N_ ("There is another maintenance window of the same thing at that time."),
    N_ ("Choose another time, or cancel the other one.") },
  { "alarm-state", N_ ("The alarm is over or was acknowledged already."),
    N_ ("Nothing to do: the list shows it as it is now.") },
  { "alarm-over", N_ ("The alarm is over."), N_ ("Nothing to do: it needs no acknowledgement.") },
  { "already-acknowledged", N_ ("Somebody else acknowledged the alarm first."),
    N_ ("Nothing to do: the list shows who.") },
  { "key-reused", N_ ("Another act was sent under the same name."), REPORT },
  { "row-changed", N_ ("Somebody else changed this in the meantime."),
    N_ ("Look at it as it is now and change it again if that is right.") },
  { "act-moved-on", N_ ("This act is not as it was shown any more."),
    N_ ("Look at the list again: it shows how the act stands now.") },
  { "too-long", N_ ("This is longer than the service takes."), N_ ("Write it shorter.") },
  { "not-allowed-now", N_ ("This cannot be done in the present state."),
    N_ ("Look at the state as it is now.") },
  { "not-found", N_ ("It does not exist, or not for you."),
    N_ ("Check the number, or ask an administrator for access.") },
  { "cursor-gone", N_ ("What was known here is too old to go on from."),
    N_ ("Nothing to do: everything is loaded again.") },
  { "not-unique", N_ ("Another one of that name or number exists."),
    N_ ("Choose another name or number.") },
  { "sign-in-failed", N_ ("The name or the password is wrong."),
    N_ ("Check both and try again.") },
  { "persons-only", N_ ("You do not have the permission for this."),
    N_ ("Ask an administrator for it.") },
  { "devices-only", N_ ("You do not have the permission for this."),
    N_ ("Ask an administrator for it.") },
  { "sign-in-locked", N_ ("After several wrong passwords this name is locked for a while."),
    N_ ("Wait a few minutes, then try again.") },
  { "demo-not-here", N_ ("This service has no demo person."),
    N_ ("Sign in with a name and a password.") },
  { "alarm-not-open", N_ ("The alarm is over or was acknowledged already."),
    N_ ("Nothing to do: the list shows it as it is now.") },
  { "idempotency-key-reused", N_ ("Another act was sent under the same name."), REPORT },
  { "name-taken", N_ ("Another one of that name or number exists."),
    N_ ("Choose another name or number.") },
  { "pile-elsewhere", N_ ("Another one of that name or number exists."),
    N_ ("Choose another name or number.") },
  { "step-unknown", N_ ("This is no step of what is to be done about this alarm."),
    N_ ("Look at the steps again: somebody may have changed them.") },
  { "danger-kept", N_ ("Of a danger nothing can be left out, put off, made less or allowed."),
    N_ ("Add to what is there; what it comes with stays.") },
  { "level-unknown", N_ ("There is no such level."), N_ ("Choose one from 1 to 4.") },
  { "level-of-limit", N_ ("The level of this comes from its limits."),
    N_ ("Change the limit's level instead.") },
  { "stop-always", N_ ("To stop is never forbidden."), N_ ("Forbid another command.") },
  { "command-unknown", N_ ("There is no such command."),
    N_ ("Update this program, or ask whoever runs the service.") },
  { "command-not-for-it", N_ ("Such equipment does not take this command."),
    N_ ("Choose what the command is for.") },
  { "command-forbidden", N_ ("A fault that is there forbids this command."),
    N_ ("Do the steps of that fault instead.") },
  { "command-running", N_ ("A command to it is still running."),
    N_ ("Wait for its end.") },
  { "command-not-now", N_ ("This command is dangerous while something is charged or moved there."),
    N_ ("Stop that first, or wait for its end.") },
  { "command-over", N_ ("The command is over already."),
    N_ ("Nothing to do: it is shown as it ended.") },
  { "vehicle-without-pack", N_ ("A vehicle without a pack is in the lane: its robot must not move."),
    N_ ("Send somebody there; have a pack put in first.") },
  { "target-retired", N_ ("Its station is retired."),
    N_ ("Nothing to do: nothing there is operated any more.") },
  { "target-unreachable", N_ ("It cannot be reached now, and a command that arrives later is dangerous."),
    N_ ("Call the site.") },
  { "database-of-drill", N_ ("That database belongs to a drill."),
    N_ ("Start it with --drill, or name another database.") },
  { "database-not-of-drill", N_ ("That database belongs to a network that is no drill."),
    N_ ("Name a database of its own for the drill.") },
  { "no-drill", N_ ("This network is no drill."),
    N_ ("Nothing to do: only a drill has reactions to show.") },
  /* desks */
  { "desk-held", N_ ("Somebody sits at that desk."),
    N_ ("Have it handed over to you: until both have signed, its alarms are theirs.") },
  { "telling-invalid", N_ ("The file that says who is told cannot be followed."),
    N_ ("Whoever runs the service reads in its log which line is wrong, and corrects it.") },
  { "scan-code-unknown", N_ ("There is no label of this code in the network."),
    N_ ("Scan it again, or print the label anew.") },
  { "report-unknown", N_ ("There is no report of that number."),
    N_ ("Open the page again that the report gave.") },
  { "too-many-reports", N_ ("Too many reports came at once."), N_ ("Try again in a minute.") },
  { "desk-main", N_ ("The main desk stays: it looks after what no other does."),
    N_ ("Change what the other desks look after.") },
  { "desk-not-yours", N_ ("That desk is not yours."),
    N_ ("Who has it can leave it or hand it over.") },
  { "desk-nobodys", N_ ("Nobody has that desk: there is nothing to hand over."),
    N_ ("Who comes only has to sit down.") },
  { "reason-missing", N_ ("A reason is needed."), N_ ("Say why, in a few words.") },
  { "person-unknown", N_ ("There is nobody of that name."), CHOOSE },
  { "organisation-unknown", N_ ("There is no such company."), CHOOSE },
  { "organisation-not-approved", N_ ("This company is not approved."),
    N_ ("Have it approved first, or choose another.") },
  { "person-may-not-sit", N_ ("That person may not sit at this desk."), CHOOSE },
  { "person-missing", N_ ("It is not said who."), CHOOSE },
  { "no-channel", N_ ("The service tells nobody anything that way."), CHOOSE },
  { "contact-no-address",
    N_ ("No number or address by which this person is reached that way is written down."), CHOOSE },
  { "no-address", N_ ("The service does not know where it reaches you that way."), CHOOSE },
  { "same-person", N_ ("Next in line has to be somebody else."), CHOOSE },
  { "handover-to-nobody", N_ ("A desk cannot be handed over to nobody."), CHOOSE },
  { "handover-to-self", N_ ("A desk cannot be handed over to who has it."), CHOOSE },
  { "handover-open", N_ ("This desk is being handed over already."),
    N_ ("Finish that handover, or withdraw it.") },
  { "contact-exists", N_ ("Where that person is reached is written down already."),
    N_ ("Change what stands there.") },
  { "template-unknown", N_ ("That template cannot be chosen any more."), CHOOSE },
  { "name-in-use", N_ ("Two others are called so already."), CHOOSE },
  { "too-many", N_ ("No more of these are kept."), N_ ("Take one away first.") },
  { "template-unsuited", N_ ("That template is for another kind of station."), CHOOSE },
  { "inspection-over", N_ ("This inspection is over."),
    N_ ("Plan another one where something has to be looked at again.") },
  { "incident-over", N_ ("This safety incident is closed."),
    N_ ("Report what came to light since as a new one.") },
  { "complaint-over", N_ ("This complaint is decided already."),
    N_ ("If there is something new, receive it as another complaint.") },
  { "part-there-already", N_ ("That part is counted there already."),
    N_ ("Find it in the list and say how many there are now.") },
  { "problem-over", N_ ("This problem is solved already."),
    N_ ("If the fault comes again, a new problem is opened with its work orders.") },
  { "problem-worked-on", N_ ("A work order of this problem is not over yet."),
    N_ ("Have its work orders confirmed or cancelled first.") },
  { "handover-over", N_ ("This handover is over."),
    N_ ("Nothing to do: it is shown as it ended.") },
  { "handover-changed", N_ ("The handover is not what you have read any more."),
    N_ ("Read it as it is now, then sign it.") },
  { "signature-not-yours", N_ ("It is not for you to sign this now."),
    N_ ("First who goes signs, then who comes.") },
  { "roster-clash", N_ ("That person is on the roster at that time already."),
    N_ ("Choose another time, or somebody else.") },
  { "ends-before-it-begins", N_ ("It ends before it begins."), CORRECT },
  { "shift-too-long", N_ ("Nobody sits at a desk for more than two days."), CORRECT },
  { "time-invalid", N_ ("There is no such time."), CORRECT },
  { "not-ready", N_ ("The service is not ready."), WAIT },
  { "host-unknown", N_ ("The service does not answer to this address."),
    N_ ("Check the address of the service.") },
  { "service-full", N_ ("The service's disk is full: it can be read, but nothing can be saved."), WAIT },
  { "storage-foreign", N_ ("A file of this program belongs to another service."), DISK },
  { "field-not-changeable", N_ ("This cannot be changed."), N_ ("Look at the state as it is now.") },
  { "limit-backwards", N_ ("The alarm would be over before it is raised."),
    N_ ("Let it end on the good side of the limit.") },
  { "limit-not-kept", N_ ("What this limit watches is not kept over time."),
    N_ ("Compare limits on speed, charge or pack temperature of trucks, or power of stations.") },
  { "name-invalid", N_ ("A name needs 1 to 200 characters, in one language at least."), CORRECT },
  { "body-too-large", N_ ("What was sent is larger than the service takes."),
    N_ ("Send less at once.") },
  { "json-too-large", N_ ("The service's answer is larger than it may be."), UPDATE },
  { "json-not-strict", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "json-cut", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "json-not-utf8", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "wrong-type", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "out-of-range", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "missing", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "bad-time", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "bad-cursor", N_ ("The service gave an answer that cannot be used."), UPDATE },
  { "bad-filter", N_ ("The service could not read what was sent."), UPDATE },
  { "kinds-unknown", N_ ("The service could not read what was sent."), UPDATE },
  { "query-malformed", N_ ("The service could not read what was sent."), UPDATE },
  { "path-malformed", N_ ("The service could not read what was sent."), UPDATE },
  { "route-unknown", N_ ("The service could not read what was sent."), UPDATE },
  { "method-not-allowed", N_ ("The service could not read what was sent."), UPDATE },
  { "framing-malformed", N_ ("The service could not read what was sent."), UPDATE },
  { "encoding-unsupported", N_ ("The service could not read what was sent."), UPDATE },
  { "idempotency-key-missing", N_ ("The service could not read what was sent."), UPDATE },
  { "idempotency-key-malformed", N_ ("The service could not read what was sent."), UPDATE },
  { "contract-missing", N_ ("The service could not read what was sent."), UPDATE },
  { "metrics-not-here", N_ ("The service could not read what was sent."), UPDATE },
  /* the disk here */
  { "cache-not-writable", N_ ("The folder for the copy of the network cannot be written."), DISK },
  { "cache-in-use", N_ ("Another window of this program uses the copy of the network."),
    N_ ("Nothing is lost: this one keeps its own in memory.") },
  { "storage-newer", N_ ("A file was written by a newer version of this program."), UPDATE_OWN },
  { "outbox-not-writable", N_ ("What you do cannot be kept until it is sent."), DISK },
  { "storage-failed", N_ ("The disk did not take or give what it should."), DISK },
  { "storage-full", N_ ("The disk is full."), DISK },
  { "storage-corrupt", N_ ("A file of this program is damaged."),
    N_ ("Nothing to do: the copy of the network is loaded again.") },
  /* the service itself */
  { "internal", N_ ("The service has run into a fault of its own."), REPORT },
  { "unavailable", N_ ("The service is not ready."), WAIT },
  { "malformed", N_ ("The service could not read what was sent."), UPDATE },
  { "invalid", N_ ("The service did not accept what was sent."), CORRECT },
  { "too-large", N_ ("What was sent is larger than the service takes."),
    N_ ("Send less at once.") },
};

/* What a problem is called when this version does not know its slug. */
static const struct
{
  int code;
  const char *slug;
} classes[] = {
  { SM_ERROR_IO, "storage-failed" },
  { SM_ERROR_CORRUPT, "storage-corrupt" },
  { SM_ERROR_FULL, "storage-full" },
  { SM_ERROR_OFFLINE, "server-unreachable" },
  { SM_ERROR_PROTOCOL, "unexpected-answer" },
  { SM_ERROR_MALFORMED, "malformed" },
  { SM_ERROR_UNAUTHENTICATED, "token-invalid" },
  { SM_ERROR_DENIED, "permission-missing" },
  { SM_ERROR_NOT_FOUND, "not-found" },
  { SM_ERROR_METHOD, "malformed" },
  { SM_ERROR_CONFLICT, "row-changed" },
  { SM_ERROR_GONE, "cursor-gone" },
  { SM_ERROR_PRECONDITION, "row-changed" },
  { SM_ERROR_TOO_LARGE, "too-large" },
  { SM_ERROR_INVALID, "invalid" },
  { SM_ERROR_TOO_MANY, "too-many-requests" },
  { SM_ERROR_INTERNAL, "internal" },
  { SM_ERROR_UNAVAILABLE, "unavailable" },
};

static const Wording *
find_wording (const char *slug)
{
  for (gsize i = 0; slug != NULL && i < G_N_ELEMENTS (wordings); i++)
    if (strcmp (wordings[i].slug, slug) == 0)
      return &wordings[i];
  return NULL;
}

static const Wording *
find_wording_or_internal (const char *slug)
{
  const Wording *wording = find_wording (slug);

  return wording != NULL ? wording : find_wording ("internal");
}

static char *
make_sentence (const Wording *wording)
{
  /* Translators: what is the matter, and what to do about it: two whole sentences */
  return g_strdup_printf (C_ ("problem", "%s %s"), gettext (wording->what),
                          gettext (wording->next));
}

/** sm_slug_is_worded: Whether there are words for this problem. */
gboolean
sm_slug_is_worded (const char *slug)
{
  return find_wording (slug) != NULL;
}

/** sm_slug_what: Returns: (transfer none): the sentence that says what is the matter */
const char *
sm_slug_what (const char *slug)
{
  return gettext (find_wording_or_internal (slug)->what);
}

/** sm_slug_next_step: Returns: (transfer none): the sentence that says what to do */
const char *
sm_slug_next_step (const char *slug)
{
  return gettext (find_wording_or_internal (slug)->next);
}

/** sm_slug_sentence: Returns: (transfer full): both sentences */
char *
sm_slug_sentence (const char *slug)
{
  return make_sentence (find_wording_or_internal (slug));
}

/**
 * sm_error_sentence:
 *
 * Returns: (transfer full): what is the matter and what to do; by the error's
 *   slug, else by its class
 */
char *
sm_error_sentence (const GError *error)
{
  const char *slug = error != NULL && error->domain == SM_ERROR ? sm_error_get_slug (error) : NULL;
  GPtrArray *fields = error != NULL ? sm_error_get_fields (error) : NULL;

  g_return_val_if_fail (error != NULL, NULL);

  /* What is wrong with the one field says more. */
  if (fields != NULL && fields->len > 0 && g_strcmp0 (slug, "invalid") == 0
      && find_wording (((SmErrorField *) fields->pdata[0])->slug) != NULL)
    slug = ((SmErrorField *) fields->pdata[0])->slug;
  if (find_wording (slug) == NULL && error->domain == SM_ERROR)
    for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
      if (classes[i].code == error->code)
        slug = classes[i].slug;
  return make_sentence (find_wording_or_internal (slug));
}
