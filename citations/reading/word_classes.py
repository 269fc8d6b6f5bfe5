"""The small closed classes of English words by which a figure in the prose is told from a citation marker.

Only words whose grammar decides are listed: after "of" a figure has to follow, before "mg" one has to stand, and neither depends on
the subject of an article. Open classes (which noun can be counted, which name can be cited) are judged by their form.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that call for an object: a sentence does not end with them, so a figure behind them belongs to the prose.
GOVERNORS = _words(
    """
    a about above across additional after against age aged all almost an and another any approximately are around as at average be been
    before being below between both by circa containing contained contains despite down during each either equal equals every exactly
    except exceed exceeded exceeding exceeds few fewer final first for from further had has have having if in include included includes
    including into is its last least less maximum mean median minimum more most n nearly neither next no nor of off on once one only onto
    or other our out over past per plus previous reached reaching remaining roughly same second since some such than that the their these
    this those though three through throughout to total toward towards two under unless until up upon versus via vs was were when where
    whereas whether which while who with within without yielded
    """
)
# Nouns that bear a number as a name: "figure 3", "chromosome 7".
LABELS = _words(
    """
    addendum algorithm appendix arm article box category chapter chr chromosome class column columns condition corollary day days edition
    eq eqn eqns eqs equ equation equations exhibit exon experiment experiments
    exps fig figs figure figures formula grade hour image intron item lane
    lanes layer level line lines module no nos note number numbers objective observation option p page pages panel panels part phase plate
    position pp problem question quarter rank region row rows rule scenario scheme score sec section sections session set slide stage
    stages step steps suppl supplement supplementary tab table tables target
    text theorem tier type unit vers version video vol volume week
    zone
    """
)
# Nouns that bear a number now and then, and as often end a sentence.
LOOSE_LABELS = _words(
    """
    age aim case cases cluster cohort cohorts criterion generation group
    groups issue items levels model models month months node objectives
    patient patients period phases points point questions regions rules sample samples scale scenarios schemes scores sets site species
    state strategy study subject subjects time trial trials types weeks year years
    """
)
MONTHS = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
# What is printed before the number of an entry where the marker is part of the sentence: "see ref. 12".
POINTERS = frozenset({"ref", "refs", "reference", "references", "citation", "citations"})
# Words that cannot follow a figure as the thing counted: articles, verbs, conjunctions, prepositions, adverbs.
FOLLOWERS = _words(
    """
    a about according across after against allow allowed allows also although among an and are as at based be because been before being
    between both but by can cannot compared consistent could describe described describes did do does due during each either even
    especially except find finds for found from further had has
    have hence how however if in include including indicate indicated indicates
    into is it its led likewise made may might most must no nor not of on once only or our over particularly performed provide provided
    provides rather report reported reports resulting reveal revealed reveals see seem seems should show showed shows since so some such
    suggest suggested suggesting suggests than that the their then there thereby therefore these they this those though through throughout
    thus to toward towards under unless until upon use used uses using via was we were what when where whereas which while who whose will
    with within without would yet
    """
)
# Units and the like, behind a figure of the prose.
UNITS = _words(
    """
    aa bp c cells cm cm2 cm3 copies da db day days decades degree degrees dpi f
    fold g gb ghz gy h hour hours hpf hr hrs hz k kb kda kg khz
    km km2 l lb m m2 m3 ma mb mci mg mhz min mins minute minutes ml mm mm2 mm3 mmhg mmol mo mol month months ms mv mw n ng nm nmol nt ng
    participants patients percent percentage pg ph pm pmol points ppb ppm psi s
    sec second seconds subjects t times u v w week weeks wk wks
    y year years yr yrs μg μl μm μmol μs µg µl µm µmol µs °c
    """
)
# Words with a full stop inside a sentence.
ABBREVIATIONS = _words(
    """
    al approx art b.c ca cf ch chap co corp d.c dept dr e.g ed eds eq
    eqn eqs esp est et etc ex fig figs gen hon i.e inc incl jr lat ltd max
    med messrs min mr mrs ms mt no nos op p ph.d pl pp prof ref refs resp rev sec sect sp spp sr ssp st str subsp suppl sv syn tab univ
    u.s u.k u.n v var viz vol vols vs
    """
)
# Words that open a sentence, besides those that can follow a figure.
OPENERS = (
    FOLLOWERS
    | GOVERNORS
    | _words(
        """
    accordingly additionally alternatively another briefly clearly consequently
    conversely currently data finally first firstly furthermore
    given here indeed instead interestingly it later lastly many
    moreover most nevertheless next nonetheless now notably often other others
    overall previous previously recent recently research results second secondly several similarly specifically studies subsequently
    surprisingly taken third thirdly today together traditionally unfortunately unlike usually
    """
    )
)
