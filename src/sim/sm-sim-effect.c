/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-faults.h"

#include <math.h>

/** sm_sim_effect_apply: Lets the engine live with it. */
void
sm_sim_effect_apply (const SmSimEffect *self,
                     SmSimEngine       *engine)
{
  switch (self->kind)
    {
    case SM_SIM_EFFECT_BLOCK_LANE:
      sm_sim_engine_block_lane (engine, self->index, self->part, self->begins);
      break;
    case SM_SIM_EFFECT_FAULT_BAY:
      sm_sim_engine_fault_bay (engine, self->index, self->part, self->begins);
      break;
    case SM_SIM_EFFECT_STOP_STATION:
      sm_sim_engine_stop_station (engine, self->index, self->begins);
      break;
    case SM_SIM_EFFECT_SILENCE_STATION:
      sm_sim_engine_silence_station (engine, self->index, self->begins);
      break;
    case SM_SIM_EFFECT_SILENCE_VEHICLE:
      sm_sim_engine_silence_vehicle (engine, self->index, self->begins);
      break;
    case SM_SIM_EFFECT_BREAK_DOWN:
      if (self->begins)
        sm_sim_engine_break_down (engine, self->index, self->until_us);
      break;
    case SM_SIM_EFFECT_HEAT_PACK:
      if (self->begins)
        sm_sim_engine_heat_pack (engine, self->index, NAN, self->to_c, self->until_us);
      break;
    }
}
