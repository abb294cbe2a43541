/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-code.h"
#include "sm-foreign-code.h"

static void
assert_is_of_device (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);

  g_assert_nonnull (known);
  g_assert_cmpint (known->origin, ==, SM_FAULT_OF_DEVICE);
}

static void
assert_one (const SmForeignReport *report,
            const char            *code,
            const char            *sender_code)
{
  g_autoptr (GPtrArray) faults = sm_foreign_faults (report);
  const SmForeignFault *fault;

  g_assert_cmpuint (faults->len, ==, 1);
  fault = faults->pdata[0];
  g_assert_cmpstr (fault->code, ==, code);
  g_assert_cmpstr (fault->sender_code, ==, sender_code);
  assert_is_of_device (fault->code);
}

/* Each flag alone, those that no edition names too. */
static void
test_each_flag (void)
{
  for (guint bit = 0; bit < 32; bit++)
    {
      g_autofree char *theirs = g_strdup_printf ("GB/T 32960 flag %u", bit);
      g_autofree char *unknown = g_strdup_printf ("unknown-vehicle:gb-t-32960-flag-%u-", bit);
      g_autoptr (GPtrArray) faults = NULL;
      SmForeignReport report;

      sm_foreign_report_init (&report);
      report.scheme = SM_FOREIGN_GBT32960;
      report.noun = SM_NOUN_VEHICLE;
      report.flags = 1u << bit;
      g_assert_cmpint (sm_foreign_of_flag (bit) != NULL, ==, bit < 20);
      if (bit < 20)
        {
          assert_one (&report, sm_foreign_of_flag (bit), theirs);
          continue;
        }
      faults = sm_foreign_faults (&report);
      g_assert_cmpuint (faults->len, ==, 1);
      g_assert_true (g_str_has_prefix (((SmForeignFault *) faults->pdata[0])->code, unknown));
      assert_is_of_device (((SmForeignFault *) faults->pdata[0])->code);
    }
}

/* All flags, lists with codes that nobody knows, and a level without anything. */
static void
test_all_at_once (void)
{
  const guint32 battery[] = { 1, 0xFFFFFFFF, 1 }, other[] = { 1 };
  g_autoptr (GPtrArray) faults = NULL;
  SmForeignReport report;

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_GBT32960;
  report.noun = SM_NOUN_VEHICLE;
  report.flags = 0xFFFFF;
  report.lists[0] = battery;
  report.n_lists[0] = G_N_ELEMENTS (battery);
  report.lists[3] = other;
  report.n_lists[3] = 1;
  faults = sm_foreign_faults (&report);
  g_assert_cmpuint (faults->len, ==, 20 + 3); /* the battery's code that comes twice is one */

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_GBT32960;
  report.noun = SM_NOUN_VEHICLE;
  g_clear_pointer (&faults, g_ptr_array_unref);
  faults = sm_foreign_faults (&report);
  g_assert_cmpuint (faults->len, ==, 0);
  for (gint64 level = 0; level <= 255; level++)
    {
      report.level = level;
      g_clear_pointer (&faults, g_ptr_array_unref);
      faults = sm_foreign_faults (&report);
      g_assert_cmpuint (faults->len, ==, level >= 1 && level <= 3);
    }
}

/* A storm of codes from one device is an alarm for each of some, and one for the rest. */
static void
test_storm (void)
{
  guint32 codes[SM_FOREIGN_MAX_CODES];
  g_autoptr (GPtrArray) faults = NULL;
  SmForeignReport report;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    codes[i] = i;
  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_GBT32960;
  report.noun = SM_NOUN_VEHICLE;
  report.lists[1] = codes;
  report.n_lists[1] = G_N_ELEMENTS (codes);
  faults = sm_foreign_faults (&report);
  g_assert_cmpuint (faults->len, ==, SM_FOREIGN_MAX_UNKNOWN + 1);
}

static SmForeignReport
make_ocpp16 (const char *error_code,
             const char *vendor,
             const char *vendor_error_code)
{
  SmForeignReport report;

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_OCPP16;
  report.noun = SM_NOUN_CONNECTOR;
  report.code = error_code;
  report.vendor = vendor;
  report.detail = vendor_error_code;
  return report;
}

/* Every code that the standard lists, and what chargers send instead. */
static void
test_ocpp16 (void)
{
  static const char *const listed[]
      = { "ConnectorLockFailure", "EVCommunicationError", "GroundFailure", "HighTemperature",
          "InternalError", "LocalListConflict", "OverCurrentFailure", "OverVoltage",
          "PowerMeterFailure", "PowerSwitchFailure", "ReaderFailure", "ResetFailure",
          "UnderVoltage", "WeakSignal" };
  SmForeignReport report = make_ocpp16 ("NoError", NULL, NULL);
  g_autoptr (GPtrArray) none = sm_foreign_faults (&report);

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_autofree char *theirs = g_strdup_printf ("OCPP 1.6 %s", listed[i]);

      report = make_ocpp16 (listed[i], NULL, NULL);
      g_assert_nonnull (sm_foreign_of_ocpp16 (listed[i]));
      assert_one (&report, sm_foreign_of_ocpp16 (listed[i]), theirs);
    }
  report = make_ocpp16 ("HighTemperature", "com.acme", "E05");
  assert_one (&report, "pile-over-temperature", "OCPP 1.6 HighTemperature com.acme E05");
  report = make_ocpp16 ("OtherError", "com.acme", "E05");
  assert_one (&report, "unknown-connector:ocpp-1.6-othererror-com.acme-e05",
              "OCPP 1.6 OtherError com.acme E05");
  report = make_ocpp16 ("Error", NULL, NULL);
  assert_one (&report, "unknown-connector:ocpp-1.6-error", "OCPP 1.6 Error");
  report = make_ocpp16 ("NoError", NULL, "17");
  assert_one (&report, "unknown-connector:ocpp-1.6-noerror-17", "OCPP 1.6 NoError 17");
}

static void
test_ocpp201 (void)
{
  static const char *const listed[]
      = { "AcDcConverter", "AirCoolingSystem", "CableBreakawaySensor", "CaseAccessSensor",
          "ChargingStation", "Connector", "ConnectorPlugRetentionLock", "Controller",
          "ControlMetering", "CPPWMController", "DataLink", "ElectricalFeed",
          "EmergencyStopSensor", "EVRetentionLock", "EVSE", "FiscalMetering", "FloodSensor",
          "GroundIsolationProtection", "HumiditySensor", "LiquidCoolingSystem", "LocalController",
          "OverCurrentProtection", "PowerContactor", "RCD", "RealTimeClock", "TemperatureSensor",
          "TokenReader", "UpstreamProtectionTrigger" };
  SmForeignReport report;

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_OCPP201;
  report.noun = SM_NOUN_PILE;
  report.detail = "Problem";
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_autofree char *theirs = g_strdup_printf ("OCPP 2.0.1 %s Problem", listed[i]);

      report.code = listed[i];
      g_assert_nonnull (sm_foreign_of_ocpp201 (listed[i]));
      assert_one (&report, sm_foreign_of_ocpp201 (listed[i]), theirs);
    }
  report.code = "FluxCapacitor";
  assert_one (&report, "unknown-pile:ocpp-2.0.1-fluxcapacitor-problem",
              "OCPP 2.0.1 FluxCapacitor Problem");
  for (gint64 severity = 0; severity <= 9; severity++)
    {
      g_autoptr (GPtrArray) faults = NULL;

      report.severity = severity;
      faults = sm_foreign_faults (&report);
      g_assert_cmpuint (faults->len, ==, severity < 7);
    }
}

/* What is not the same is not made the same; whatever is sent makes a sound code. */
static void
test_unknown (void)
{
  static const char *const theirs[]
      = { "E1", "电池故障", "电池过热", "", "///", "<b>x</b>", "a\xff", "a\xfe", "A B", "%s%n" };
  g_autofree char *long_one = g_strnfill (5000, 'x');
  g_autofree char *longer = g_strnfill (5001, 'x');
  g_autofree char *one = sm_foreign_unknown (SM_NOUN_STATION, long_one);
  g_autofree char *other = sm_foreign_unknown (SM_NOUN_STATION, longer);
  g_autofree char *of_area = sm_foreign_unknown (SM_NOUN_AREA, "x");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpuint (strlen (one), <, 80);
  g_assert_cmpstr (of_area, ==, "unknown-equipment:x");
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      char *code = sm_foreign_unknown (SM_NOUN_PILE, theirs[i]);

      g_assert_true (g_str_is_ascii (code));
      g_assert_null (strchr (code, '/'));
      assert_is_of_device (code);
      g_assert_true (g_hash_table_add (seen, code));
    }
}

/* What no device can mean is not taken for "all is well". */
static void
test_damaged (void)
{
  SmForeignReport report;

  sm_foreign_report_init (&report);
  report.scheme = SM_FOREIGN_GBT32960;
  report.flags = 0xFFFFFFFF;
  g_assert_false (sm_foreign_is_readable (&report));
  report.flags = 0xFFFFFFFE;
  g_assert_false (sm_foreign_is_readable (&report));
  report.flags = 0;
  g_assert_true (sm_foreign_is_readable (&report));
  report.scheme = SM_FOREIGN_OCPP16;
  g_assert_false (sm_foreign_is_readable (&report));
  report.code = "";
  g_assert_false (sm_foreign_is_readable (&report));
  report.code = "\xff\xfe";
  g_assert_false (sm_foreign_is_readable (&report));
  report.code = "Error";
  g_assert_true (sm_foreign_is_readable (&report));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/foreign/each-flag", test_each_flag);
  g_test_add_func ("/domain/foreign/all-at-once", test_all_at_once);
  g_test_add_func ("/domain/foreign/storm", test_storm);
  g_test_add_func ("/domain/foreign/ocpp16", test_ocpp16);
  g_test_add_func ("/domain/foreign/ocpp201", test_ocpp201);
  g_test_add_func ("/domain/foreign/unknown", test_unknown);
  g_test_add_func ("/domain/foreign/damaged", test_damaged);
  return g_test_run ();
}
