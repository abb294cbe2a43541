/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-certificate-need.h"

#include <string.h>

/* Which work nobody does without a certificate: on what is under high voltage, in a pack, on what
 * puts out a fire.  To look at something, to tow it or to talk about it needs none. */

#define HIGH_VOLTAGE "high_voltage"
#define BATTERY "battery"
#define FIRE_SAFETY "fire_safety"

/* What says more than the thing that it is of; NULL: none is needed, whatever it is of. */
static const struct
{
  const char *code;
  const char *certificate;
} codes[] = {
  { "vehicle-insulation", HIGH_VOLTAGE },
  { "vehicle-hv-interlock", HIGH_VOLTAGE },
  { "vehicle-motor-fault", HIGH_VOLTAGE },
  { "vehicle-motor-controller-over-temperature", HIGH_VOLTAGE },
  { "vehicle-dcdc-over-temperature", HIGH_VOLTAGE },
  { "vehicle-dcdc-fault", HIGH_VOLTAGE },
  { "insulation-low", HIGH_VOLTAGE },
  { "grid-power-lost", HIGH_VOLTAGE },
  { "pack-over-temperature", BATTERY },
  { "cell-spread", BATTERY },
  { "station-fire-system-off", FIRE_SAFETY },
  { "battery-mismatch", NULL },
  { "pack-misplaced", NULL },
  { "pile-communication", NULL },
  { "pile-reader-fault", NULL },
  { "pile-configuration", NULL },
  { "pile-weak-signal", NULL },
  { "pile-silent", NULL },
  { "connector-blocked", NULL },
  { "reported-payment", NULL },
  { "reported-other", NULL },
};

static const char *
of_equipment (guint kind)
{
  switch (kind)
    {
    case SM_EQUIPMENT_KIND_CHARGER_MODULE:
    case SM_EQUIPMENT_KIND_TRANSFORMER:
    case SM_EQUIPMENT_KIND_MOTOR_CONTROLLER:
      return HIGH_VOLTAGE;
    case SM_EQUIPMENT_KIND_BMS:
      return BATTERY;
    case SM_EQUIPMENT_KIND_FIRE_SYSTEM:
      return FIRE_SAFETY;
    default:
      return NULL;
    }
}

/**
 * sm_certificate_needed:
 * @work: (nullable): the slug of a kind of work order; a repair
 * @code: (nullable): of what is wrong
 * @noun: of what is worked on
 * @equipment_kind: SmEquipmentKind, or %SM_ENUM_UNKNOWN
 *
 * Returns: (nullable): the slug of the certificate that who does it has to hold
 */
const char *
sm_certificate_needed (const char *work,
                       const char *code,
                       SmNounId    noun,
                       guint       equipment_kind)
{
  if (work != NULL && strcmp (work, "repair") != 0 && strcmp (work, "maintenance") != 0
      && strcmp (work, "installation") != 0)
    return NULL;
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].code, code) == 0)
      return codes[i].certificate;
  switch (noun)
    {
    case SM_NOUN_PILE:
    case SM_NOUN_CONNECTOR:
      return HIGH_VOLTAGE;
    case SM_NOUN_BATTERY:
      return BATTERY;
    case SM_NOUN_EQUIPMENT:
      return of_equipment (equipment_kind);
    default:
      return NULL;
    }
}
