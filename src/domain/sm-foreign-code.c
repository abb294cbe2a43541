/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-foreign-code.h"

#include "sm-fault-code.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/*
 * What devices call their faults, under our codes.  What no table knows becomes an
 * alarm all the same: under a code of ours that says so and carries theirs, and
 * with their own words beside it.
 */

const char *const sm_foreign_schemes[] = { "stationmaster", "gbt32960", "ocpp16", "ocpp201", NULL };

/* Both in a code of ours; the sender's own stands beside it as it is. */
#define MAX_SLUG 40
#define MAX_SENDER 80

typedef struct
{
  const char *theirs;
  const char *ours;
} Pair;

/* GB/T 32960.3, general alarm flags: 0 to 18 of 2016; 19 of the revision. */
static const char *const flags[] = {
  "battery-temperature-difference",
  "battery-over-temperature",
  "battery-over-voltage",
  "battery-under-voltage",
  "battery-soc-low",
  "battery-cell-over-voltage",
  "battery-cell-under-voltage",
  "battery-soc-high",
  "battery-soc-jump",
  "battery-mismatch",
  "battery-poor-consistency",
  "vehicle-insulation",
  "vehicle-dcdc-over-temperature",
  "vehicle-brake",
  "vehicle-dcdc-fault",
  "vehicle-motor-controller-over-temperature",
  "vehicle-hv-interlock",
  "vehicle-motor-over-temperature",
  "battery-over-charge",
  "battery-thermal-event",
};

static const char *const lists[SM_GBT32960_N_LISTS] = { "battery", "motor", "engine", "other" };

/* ChargePointErrorCode of OCPP 1.6; "NoError" is none. */
static const Pair ocpp16[] = {
  { "ConnectorLockFailure", "pile-lock-failure" },
  { "EVCommunicationError", "pile-communication" },
  { "GroundFailure", "pile-leakage" },
  { "HighTemperature", "pile-over-temperature" },
  { "InternalError", "pile-fault" },
  { "LocalListConflict", "pile-configuration" },
  { "OverCurrentFailure", "pile-over-current" },
  { "OverVoltage", "pile-over-voltage" },
  { "PowerMeterFailure", "meter-fault" },
  { "PowerSwitchFailure", "pile-contactor-stuck" },
  { "ReaderFailure", "pile-reader-fault" },
  { "ResetFailure", "pile-fault" },
  { "UnderVoltage", "pile-under-voltage" },
  { "WeakSignal", "pile-weak-signal" },
};

/* Components of OCPP 2.0.1 that say that they trip, or have a problem. */
static const Pair ocpp201[] = {
  { "AcDcConverter", "charger-module-fault" },
  { "AirCoolingSystem", "cooling-fault" },
  { "CableBreakawaySensor", "connector-cable-damaged" },
  { "CaseAccessSensor", "station-door-open" },
  { "ChargingStation", "pile-fault" },
  { "Connector", "pile-fault" },
  { "ConnectorPlugRetentionLock", "pile-lock-failure" },
  { "Controller", "pile-fault" },
  { "ControlMetering", "meter-fault" },
  { "CPPWMController", "pile-communication" },
  { "DataLink", "pile-weak-signal" },
  { "ElectricalFeed", "pile-under-voltage" },
  { "EmergencyStopSensor", "pile-emergency-stop" },
  { "EVRetentionLock", "pile-lock-failure" },
  { "EVSE", "pile-fault" },
  { "FiscalMetering", "meter-fault" },
  { "FloodSensor", "station-water" },
  { "GroundIsolationProtection", "pile-insulation" },
  { "HumiditySensor", "station-humidity" },
  { "LiquidCoolingSystem", "cooling-fault" },
  { "LocalController", "gateway-fault" },
  { "OverCurrentProtection", "pile-over-current" },
  { "PowerContactor", "pile-contactor-stuck" },
  { "RCD", "pile-leakage" },
  { "RealTimeClock", "gateway-clock-wrong" },
  { "TemperatureSensor", "pile-over-temperature" },
  { "TokenReader", "pile-reader-fault" },
  { "UpstreamProtectionTrigger", "pile-over-current" },
};

void
sm_foreign_report_init (SmForeignReport *self)
{
  *self = (SmForeignReport){ .severity = SM_UNKNOWN, .level = SM_UNKNOWN, .value = NAN,
                             .limit_value = NAN, .equipment_id = SM_UNKNOWN };
}

void
sm_foreign_fault_free (SmForeignFault *self)
{
  g_free (self->code);
  g_free (self->sender_code);
  g_free (self);
}

static const char *
find (const Pair *pairs,
      gsize       n,
      const char *theirs)
{
  for (gsize i = 0; theirs != NULL && i < n; i++)
    if (g_ascii_strcasecmp (pairs[i].theirs, theirs) == 0)
      return pairs[i].ours;
  return NULL;
}

/** sm_foreign_of_flag: Returns: (transfer none) (nullable): our code of a flag of GB/T 32960 */
const char *
sm_foreign_of_flag (guint bit)
{
  return bit < G_N_ELEMENTS (flags) ? flags[bit] : NULL;
}

/** sm_foreign_of_ocpp16: Returns: (transfer none) (nullable): our code of a ChargePointErrorCode */
const char *
sm_foreign_of_ocpp16 (const char *error_code)
{
  return find (ocpp16, G_N_ELEMENTS (ocpp16), error_code);
}

/** sm_foreign_of_ocpp201: Returns: (transfer none) (nullable): our code of what a component says */
const char *
sm_foreign_of_ocpp201 (const char *component)
{
  return find (ocpp201, G_N_ELEMENTS (ocpp201), component);
}

/** sm_foreign_is_snapshot: Whether each says all that is wrong: what it leaves out is over. */
gboolean
sm_foreign_is_snapshot (SmForeignScheme scheme)
{
  return scheme == SM_FOREIGN_GBT32960 || scheme == SM_FOREIGN_OCPP16;
}

/* What it says twice in another spelling is the same; what only looks the same after
 * it was made short and plain is not. */
static char *
make_slug (const char *text)
{
  g_autoptr (GString) slug = g_string_new (NULL);
  gboolean is_whole = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean is_plain = g_ascii_isalnum (*p) || *p == '.' || *p == '_';

      is_whole &= is_plain || *p == '-' || *p == ' ';
      if (is_plain)
        g_string_append_c (slug, g_ascii_tolower (*p));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }
  if (!is_whole || slug->len == 0 || slug->len > MAX_SLUG)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

      g_string_truncate (slug, MIN (slug->len, MAX_SLUG - 9));
      g_string_append_printf (slug, "%s%.8s", slug->len > 0 ? "-" : "", sum);
    }
  return g_string_free (g_steal_pointer (&slug), FALSE);
}

/**
 * sm_foreign_unknown:
 *
 * Returns: (transfer full): our code for what @noun calls @sender_code and we do
 *   not know: another for each
 */
char *
sm_foreign_unknown (SmNounId    noun,
                    const char *sender_code)
{
  g_autofree char *ours = g_strconcat ("unknown-", sm_noun_get (noun)->name, NULL);
  g_autofree char *slug = make_slug (sender_code);

  return g_strconcat (sm_fault_code_find (ours) != NULL ? ours : "unknown-equipment", ":", slug,
                      NULL);
}

/* --- what a report says --- */

typedef struct
{
  const SmForeignReport *report;
  GPtrArray *faults;
  guint n_unknown;
} Reading;

/* One that says very much that nobody knows says it in one alarm from there on. */
static void
add (Reading    *reading,
     const char *code,
     const char *sender_code)
{
  SmForeignFault *fault;

  if (code == NULL && reading->n_unknown++ >= SM_FOREIGN_MAX_UNKNOWN)
    sender_code = "more";
  fault = g_new (SmForeignFault, 1);
  fault->code = code != NULL ? g_strdup (code)
                             : sm_foreign_unknown (reading->report->noun, sender_code);
  fault->sender_code = g_strdup (sender_code);
  for (guint i = 0; i < reading->faults->len; i++)
    if (strcmp (((SmForeignFault *) reading->faults->pdata[i])->code, fault->code) == 0)
      {
        sm_foreign_fault_free (fault);
        return;
      }
  g_ptr_array_add (reading->faults, fault);
}

static void
read_gbt32960 (Reading *reading)
{
  const SmForeignReport *report = reading->report;

  for (guint bit = 0; bit < 32; bit++)
    {
      g_autofree char *theirs = g_strdup_printf ("GB/T 32960 flag %u", bit);

      if (report->flags & (1u << bit))
        add (reading, sm_foreign_of_flag (bit), theirs);
    }
  for (guint list = 0; list < SM_GBT32960_N_LISTS; list++)
    for (guint i = 0; i < MIN (report->n_lists[list], SM_FOREIGN_MAX_CODES); i++)
      {
        g_autofree char *theirs
            = g_strdup_printf ("GB/T 32960 %s 0x%08X", lists[list], report->lists[list][i]);

        add (reading, NULL, theirs);
      }
  /* It says that something is wrong, and not what. */
  if (reading->faults->len == 0 && report->level >= 1 && report->level <= 3)
    {
      g_autofree char *theirs = g_strdup_printf ("GB/T 32960 level %d", (int) report->level);

      add (reading, NULL, theirs);
    }
}

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
read_ocpp16 (Reading *reading)
{
  const SmForeignReport *report = reading->report;
  const char *ours = sm_foreign_of_ocpp16 (report->code);
  gboolean is_fine = !is_said (report->code) || g_ascii_strcasecmp (report->code, "NoError") == 0;
  gboolean has_detail = is_said (report->detail) && strcmp (report->detail, "0") != 0;
  g_autofree char *theirs = NULL;

  if (is_fine && !has_detail)
    return;
  theirs = g_strdup_printf ("OCPP 1.6 %.*s%s%.*s%s%.*s", MAX_SENDER,
                            is_fine ? "NoError" : report->code,
                            is_said (report->vendor) ? " " : "", MAX_SENDER,
                            is_said (report->vendor) ? report->vendor : "",
                            has_detail ? " " : "", MAX_SENDER, has_detail ? report->detail : "");
  add (reading, ours, theirs);
}

static void
read_ocpp201 (Reading *reading)
{
  const SmForeignReport *report = reading->report;
  const char *ours = sm_foreign_of_ocpp201 (report->code);
  g_autofree char *theirs = NULL;

  /* 7 notice, 8 informational, 9 debug: events, and no alarms. */
  if (report->severity >= 7)
    return;
  theirs = g_strdup_printf ("OCPP 2.0.1 %.*s%s%.*s%s%.*s", MAX_SENDER, report->code,
                            is_said (report->detail) ? " " : "", MAX_SENDER,
                            is_said (report->detail) ? report->detail : "",
                            is_said (report->vendor) ? " " : "", MAX_SENDER,
                            is_said (report->vendor) ? report->vendor : "");
  add (reading, ours, theirs);
}

static void
read_ours (Reading *reading)
{
  const SmForeignReport *report = reading->report;
  const SmFaultCode *known = sm_fault_code_find (report->code);
  const char *theirs = is_said (report->detail) ? report->detail : report->code;

  /* What limits and rules find is not a device's to say. */
  if (known != NULL && known->origin == SM_FAULT_OF_DEVICE)
    add (reading, report->code, theirs);
  else
    add (reading, NULL, report->code);
}

/** sm_foreign_is_readable: Whether it says anything that can be read at all. */
gboolean
sm_foreign_is_readable (const SmForeignReport *report)
{
  if (report->scheme == SM_FOREIGN_GBT32960)
    return report->flags < 0xFFFFFFFEu; /* abnormal and invalid are no flags */
  return is_said (report->code) && g_utf8_validate (report->code, -1, NULL);
}

/**
 * sm_foreign_faults:
 * @report: one that is readable
 *
 * Returns: (transfer full): of SmForeignFault: what is wrong by it; of a scheme
 *   that is no snapshot the one that begins or ends
 */
GPtrArray *
sm_foreign_faults (const SmForeignReport *report)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_foreign_fault_free);
  Reading reading = { report, faults, 0 };

  switch (report->scheme)
    {
    case SM_FOREIGN_GBT32960:
      read_gbt32960 (&reading);
      break;
    case SM_FOREIGN_OCPP16:
      read_ocpp16 (&reading);
      break;
    case SM_FOREIGN_OCPP201:
      read_ocpp201 (&reading);
      break;
    default:
      read_ours (&reading);
      break;
    }
  return faults;
}
