/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-tell.h"

#include <string.h>

static void
test_settings (void)
{
  static const struct { const char *text, *why; } cases[] = {
    { "to whom it may concern\n", "to whom" },
    { "[chanel sms]\n", "there are telling" },
    { "[channel pigeon]\nurl=http://127.0.0.1/\n", "there are sms" },
    { "[channel sms]\n", "it is missing" },
    { "[channel sms]\nurl=gopher://127.0.0.1/\n", "no address" },
    { "[channel sms]\nurl=http://192.0.2.1/\n", "not on this machine" },
    { "[telling]\noutside=true\n[channel sms]\nurl=http://192.0.2.1/\n", "not be encrypted" },
    { "[channel sms]\nurl=http://a:b@127.0.0.1/\n", "do not belong here" },
    { "[channel sms]\nurl=http://127.0.0.1/\nbody={text} {colour}\n", "{colour}" },
    { "[channel sms]\nurl=http://127.0.0.1/\nheaders=none\n", "Name: value" },
    { "[channel sms]\nurl=http://127.0.0.1/\ntimeout-s=999\n", "whole number" },
    { "[channel sms]\nurl=http://127.0.0.1/\ncolour=red\n", "no such setting" },
    { "[channel sms]\nurl=http://127.0.0.1/\nsecret-file=/nowhere\n", "cannot be found" },
    { "[channel email]\nurl=smtp://127.0.0.1\n", "post@example.org" },
    { "[channel email]\nurl=smtp://127.0.0.1\nfrom=a@b>\n", "post@example.org" },
    { "[telling]\norders=pigeon\n", "sms, email and voice" },
    { "[telling]\norders=sms\n", "sms, email and voice" },
    { "[person a]\nsms=call me\n", "nobody can be reached" },
    { "[person a]\nemail=a@b,c@d\n", "nobody can be reached" },
    { "[person a]\nlanguage=tlh\n", "zh-CN" },
    { "[rule a]\nlevels=5\n", "1, 2, 3" },
    { "[rule a]\nlevels=1\nto=desk\nchannels=sms\n", "no [channel]" },
    { "[channel sms]\nurl=http://[::1]:1/\n[rule a]\nlevels=1\nto=everybody\nchannels=sms\n", "person:NAME" },
    { "[channel sms]\nurl=http://localhost/\n[rule a]\nlevels=1\nchannels=sms\n", "to: it is missing" },
    { "[text sms en]\nalarm={where} {why}\n", "{why}" },
    { "[text sms]\nalarm=a\n", "[text CHANNEL LANGUAGE]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sm_tell_settings_parse (cases[i].text, "/", &error));
      fixture_assert_error (error, SM_ERROR_INVALID, "telling-invalid");
      if (strstr (error->message, cases[i].why) == NULL)
        g_error ("“%s” says “%s”", cases[i].text, error->message);
    }
}

static void
test_template (void)
{
  static const SmTellValue values[] = { { "text", "a \"b\"\n\\ 你&" }, { "to", NULL } };
  static const char *const fields[] = { "text", "to", NULL };
  g_autofree char *json = sm_tell_template_fill ("{\"t\":\"{text}\",\"n\":{\"to\":\"{to}\"}}", values, 2,
                                                 SM_TELL_JSON);
  g_autofree char *form = sm_tell_template_fill ("t={text}&to={to}", values, 2, SM_TELL_FORM);
  g_autofree char *cut = sm_tell_cut ("你\r\n好\xe2\x80\xae!", 4);
  g_autofree char *mail = sm_tell_mask ("somebody@example.org");
  g_autofree char *short_ = sm_tell_mask ("12");
  g_autofree char *unknown = NULL;

  g_assert_cmpstr (json, ==, "{\"t\":\"a \\\"b\\\"\\u000a\\\\ 你&\",\"n\":{\"to\":\"\"}}");
  g_assert_cmpstr (form, ==, "t=a%20%22b%22%0A%5C%20%E4%BD%A0%26&to=");
  g_assert_cmpstr (cut, ==, "你  好");
  g_assert_cmpstr (mail, ==, "so****@example.org");
  g_assert_cmpstr (short_, ==, "****");
  g_assert_true (sm_tell_template_check ("{\"a\":{text}} {} { to }", fields, &unknown));
  g_assert_false (sm_tell_template_check ("{to} {secret}", fields, &unknown));
  g_assert_cmpstr (unknown, ==, "secret");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/tell/settings", test_settings);
  g_test_add_func ("/rules/tell/template", test_template);
  return g_test_run ();
}
