"""T13-T14: the relationship with the therapist as a place of change; and the exploring a comparator relies on."""

from __future__ import annotations

from simulation.treatment.arithmetic import Number, nearer, ramp
from simulation.treatment.contract import Changes, Now, module
from simulation.treatment.modules.formulation import PAPER, learned


@module(
    "metacommunication", number="T13", title="one therapist, two images: talking about it", technique=False,
    targets=("image_link", "learned_integration", "alliance_good_image", "alliance_bad_image",
             "alliance_expected_response"),
    needs=(("over_window", 0.2, 0.0), ("alliance_trust", 0.05, 0.35), ("irritation", 0.9, 0.3),
           ("rupture", 1.4, 0.4)),
    dose=0.1, unit="share of the integration still to be learned", goal=("integration", 0.7),
    source=f"{PAPER}, Course: integrating contradictory representations of the therapist; dose ASSUMED",
)  # fmt: skip
def link_images(now: Now, ready: Number, dose: Number) -> Changes:
    """The one who did not answer is the one who understands: both images are held at once, and both soften."""
    share = dose * ready
    middle = 0.5 * (now.alliance_good_image + now.alliance_bad_image)
    return {
        "image_link": nearer(now.image_link, 1.0, share),
        "learned_integration": learned(now, "learned_integration", share),
        "alliance_good_image": nearer(now.alliance_good_image, 1.0 - 0.3 * middle, 0.3 * share),
        "alliance_bad_image": nearer(now.alliance_bad_image, 0.3 * middle, 0.5 * share),
        "alliance_expected_response": nearer(now.alliance_expected_response, 0.5, 0.5 * share),
    }


@module(
    "repair", number="T14", title="noticing a rupture and repairing it", technique=False,
    targets=("rupture", "alliance_strain", "alliance_trust", "alliance_expected_response", "engagement"),
    needs=(("rupture_seen", 0.0, 1.0), ("irritation", 1.0, 0.3)),
    dose=0.6, unit="share of the strain that is mended", goal=None,
    source=f"{PAPER}, Course; Safran & Muran 2000: ruptures are noticed, owned and talked about; dose ASSUMED",
)  # fmt: skip
def repair(now: Now, ready: Number, dose: Number) -> Changes:
    """The therapist owns their part; what was broken between the two is mended, and the bond is often firmer after."""
    share = dose * ready * now.rupture
    strain = nearer(now.alliance_strain, 0.0, share)
    return {
        "rupture": now.rupture * (1.0 - ramp(share, 0.0, 0.5) * ramp(strain, 0.5, 0.3)),
        "alliance_strain": strain,
        "alliance_trust": nearer(now.alliance_trust, 1.0, 0.25 * share),
        "alliance_expected_response": nearer(now.alliance_expected_response, 0.4, 0.3 * share),
        "engagement": nearer(now.engagement, 1.0, 0.2 * share),
    }


@module(
    "transference_exploration", title="exploring the relationship with the therapist (a comparator's technique)",
    targets=("learned_integration", "learned_differentiation", "arousal", "alliance_strain"),
    needs=(("over_window", 0.0, -0.15), ("alliance_trust", 0.3, 0.6), ("integration_now", 0.15, 0.4)),
    dose=0.08, unit="share of the integration still to be learned", goal=None,
    source=f"{PAPER}, Theoretical basis, on approaches centred on transference; the paper's own view; ASSUMED",
)  # fmt: skip
def explore_transference(now: Now, ready: Number, dose: Number) -> Changes:
    """It integrates whoever can look at it calmly; the relationship itself stirs up whoever cannot."""
    share = dose * ready
    stirred = dose * (1.0 - ready)
    return {
        "learned_integration": learned(now, "learned_integration", share),
        "learned_differentiation": learned(now, "learned_differentiation", 0.7 * share),
        "arousal": nearer(now.arousal, 1.0, 2.0 * stirred),
        "alliance_strain": nearer(now.alliance_strain, 1.0, 0.6 * stirred),
    }
