"""How publishers mark up citations and reference lists on their pages: one small invented page for each way.

Of each kind: how a citation of entry n stands in the text, how entry n stands in the list, and what is around the list. Works and authors
are made up; the markup is that of the pages themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

WORKS = (
    ("Amber B, Birch C", "Weights of hedgehogs", "Acta Exempli", 2001),
    ("Cedar D", "Boxes that cool", "Nest", 2004),
    ("Elder F, Fir G, Hazel H", "Minced meat: who eats it?", "J Feed", 2011),
    ("Ivy J", "Straw as bedding", "Nest", 2012),
    ("Juniper K, Larch L", "Ten years of rest", "Acta Exempli", 2015),
)
CITED = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to mark up citations; `{n}` is the entry's number, `{who}`, `{what}`, `{where}`, `{year}` are its parts."""

    name: str
    cite: str
    entry: str
    around: str
    numbered: bool = True


KINDS = (
    Kind(
        "PMC",
        '<sup><a href="#B{n}" class="usa-link xref" aria-describedby="B{n}">{n}</a></sup>',
        '<li id="B{n}"><span class="label">{n}.</span><cite>{who}. {what}. {where}. {year};3:1–2. doi: 10.1000/x{n}.</cite> '
        '[<a href="https://doi.org/10.1000/x{n}">DOI</a>] [<a href="/articles/PMC{n}/">PMC free article</a>] '
        '[<a href="https://pubmed.ncbi.nlm.nih.gov/77{n}/">PubMed</a>] [<a href="https://scholar/">Google Scholar</a>]</li>',
        '<section class="ref-list"><h2 class="pmc_sec_title">References</h2><section><ul class="ref-list font-sm" '
        'style="list-style-type:none">{list}</ul></section></section>',
    ),
    Kind(
        "old PMC",
        '<sup><a href="#B{n}" rid="B{n}" class=" bibr popnode">{n}</a></sup>',
        '<div class="ref-cit-blk half_rhythm" id="B{n}">{n}. <span class="element-citation">{who}. {what}. <span class="ref-journal">{where}'
        "</span>. {year};<span>3</span>:1–2.</span> [<a href='/pmc/'>PMC free article</a>] [<a href='/pubmed/77{n}'>PubMed</a>] "
        "[<a href='x'>Google Scholar</a>]</div>",
        '<div class="tsec sec"><h2 class="head no_bottom_margin" id="reference-list">References</h2><div class="ref-list-sec sec">{list}</div></div>',
    ),
    Kind(
        "Bookshelf",
        '[<a class="bk_pop" href="#article-7.r{n}" rid="article-7.r{n}">{n}</a>]',
        '<dl class="temp-labeled-list"><dt>{n}.</dt><dd><div class="bk_ref" id="article-7.r{n}">{who}. {what}. <span>{where}</span>. '
        '{year};3:1. [<a href="/pubmed/77{n}"><span class="bk_prnt">PubMed</span></a>]</div></dd></dl>',
        '<div><h2>References</h2>{list}</div>',
    ),
    Kind(
        "BMC",
        '[<a data-track="click" data-test="citation-ref" title="{who}" href="/articles/10.1186/s1#ref-CR{n}" id="ref-link-section-d1e{n}">'
        "{n}</a>]",
        '<li class="c-article-references__item js-c-reading-companion-references-item" data-counter="{n}."><p class="c-article-references__text" '
        'id="ref-CR{n}">{who}. {what}. {where}. {year};3:1–2.</p><p class="c-article-references__links u-hide-print"><a href="x">Article</a> '
        '<a href="x">CAS</a> <a href="x">PubMed</a> <a href="x">Google Scholar</a> </p></li>',
        '<section data-title="References"><div class="c-article-section" id="Bib1-section"><h2 class="c-article-section__title" id="Bib1">'
        'References</h2><div data-container-section="references"><ol class="c-article-references">{list}</ol><p class='
        '"c-article-references__download u-hide-print"><a href="x">Download references</a></p></div></div></section>',
    ),
    Kind(
        "Nature",
        '<sup><a data-track="click" title="{who} ({year})." href="/articles/s1#ref-CR{n}">{n}</a></sup>',
        '<li class="c-article-references__item" data-counter="{n}."><p class="c-article-references__text" id="ref-CR{n}">{who}. {what}. '
        '<i>{where}</i> <b>3</b>, 1–2 ({year}).</p><p class="c-article-references__links"><a href="x">Article</a> <a href="x">ADS</a> '
        '<a href="x">Google Scholar</a></p></li>',
        '<section><h2>References</h2><div><ol class="c-article-references">{list}</ol></div></section>',
    ),
    Kind(
        "ScienceDirect",
        '<a class="anchor anchor-primary" href="#bib{n}" name="bbib{n}" data-xocs-content-type="reference" data-xocs-content-id="bib{n}">'
        '<span class="anchor-text-container"><span class="anchor-text">[{n}]</span></span></a>',
        '<li><span class="label u-font-sans"><a class="anchor" href="#bbib{n}" id="ref-id-bib{n}">[{n}]</a></span><span class="reference" '
        'id="h{n}"><div class="contribution"><div class="authors u-font-sans">{who}</div><div class="title text-m" id="ref-id-h{n}">{what}'
        '</div></div><div class="host u-font-sans">{where}, 3 ({year}), pp. 1-2</div><div class="ReferenceLinks u-font-sans"><a class="anchor" '
        'href="x">Google Scholar</a></div></span></li>',
        '<section class="bibliography u-font-serif text-s"><h2 class="section-title u-h4">References</h2><section class="bibliography-sec">'
        '<ol class="references" id="reference-links-r">{list}</ol></section></section>',
    ),
    Kind(
        "Wiley",
        '<sup><span><a href="#jx-bib-000{n}" id="jx-bibR-000{n}" class="bibLink tab-link" data-tab="pane-pcw-references">{n}</a></span></sup>',
        '<li data-bib-id="jx-bib-000{n}" class="bibliography__item"><span class="bullet">{n}</span><span class="author">{who}</span>. '
        '<span class="articleTitle">{what}</span>. <i>{where}</i>. <span class="pubYear">{year}</span>; <span class="vol">3</span>: 1-2.'
        '<div class="extra-links getFTR"><span class="hidden data-doi">10.1002/x{n}</span><div class="getFTR__btn"></div><a class="linkBehavior" '
        'href="x"> View </a><a href="x" class="google-scholar">Google Scholar</a></div></li>',
        '<section class="article-section article-section__references" id="references-section"><div class="accordion"><h2 class="accordion__control '
        'article-section__title" role="button">REFERENCES</h2><div class="accordion__content" style="display: none"><ul class="rlist separator">'
        "{list}</ul></div></div></section>",
    ),
    Kind(
        "OUP",
        '<sup><a href="javascript:;" reveal-id="c{n}" data-open="c{n}" data-google-interstitial="false" class="link link-ref link-reveal '
        'xref-bibr">{n}</a></sup>',
        '<div content-id="c{n}" class="js-splitview-ref-item" data-legacy-id="c{n}"><div class="refLink-parent"><span class="refLink"><a name='
        '"jumplink-c{n}" href="javascript:;" aria-label="jumplink-c{n}" data-id=""></a></span></div><div class="ref false" data-id="c{n}" id='
        '"ref-auto-c{n}"><div id="ref-c{n}" class="ref-content "><span class="label title-label" id="label-{n}">{n}.</span><div class='
        '"mixed-citation citation"><div class="person-group">{who}</div>. <div class="article-title">{what}</div>. <div class="source">{where}'
        '</div> <div class="year">{year}</div>;3:1–2.<div class="citation-links"><p class="citation-links-compatibility"><span><a href="x">'
        "Google Scholar</a></span><span><a href='x'>Crossref</a></span></p></div></div></div></div></div>",
        '<h2 scrollto-destination=9 id="9" class="backreferences-title js-splitview-ref-title">References</h2><div class="ref-list '
        'js-splitview-ref-list">{list}</div>',
    ),
    Kind(
        "BMJ",
        '<sup><a id="xref-ref-{n}-1" class="xref-bibr" href="#ref-{n}">{n}</a></sup>',
        '<li><span class="ref-label ref-label-empty"></span><a class="rev-xref-ref" href="#xref-ref-{n}-1" title="View reference in text" '
        'id="ref-{n}">↵</a><div class="cit ref-cit ref-journal" id="cit-1.{n}"><div class="cit-metadata"><ol class="cit-auth-list"><li><span '
        'class="cit-auth"><span class="cit-name-surname">{who}</span></span></li></ol><cite>. <span class="cit-article-title">{what}</span>. '
        '<abbr class="cit-jnl-abbrev">{where}</abbr><span class="cit-pub-date">{year}</span>;<span class="cit-vol">3</span>:1-2.</cite></div>'
        '<div class="cit-extra"><a href="x" class="cit-ref-sprinkles"><span>CrossRef</span></a><a href="x"><span>PubMed</span></a><a href="x">'
        "<span>Google Scholar</span></a></div></div></li>",
        '<div class="section ref-list" id="ref-list-1"><h2>References</h2><ol class="cit-list ref-use-labels">{list}</ol></div>',
    ),
    Kind(
        "MDPI",
        '[<a href="#B{n}-ijx-21-1" class="html-bibr">{n}</a>]',
        '<li id="B{n}-ijx-21-1" class="html-x" data-content="{n}.">{who}. {what}. <span class="html-italic">{where}</span> <b>{year}</b>, <i>3</i>, '
        '1–2. [<a href="x" class="google-scholar">Google Scholar</a>] [<a href="https://doi.org/10.3390/x{n}" class="cross-ref">CrossRef</a>]</li>',
        '<section id="html-references_list"><h2>References</h2><ol class="html-xxx">{list}</ol></section>',
    ),
    Kind(
        "Frontiers",
        '(<a href="#B{n}">{n}</a>)',
        '<p class="ReferencesCopy1"><a name="B{n}" id="B{n}"></a>{n}. {who}. {what}. <i>{where}.</i> ({year}) 3:1–2.</p><p class='
        '"ReferencesCopy2"><a href="x">PubMed Abstract</a> | <a href="x">CrossRef Full Text</a> | <a href="x">Google Scholar</a></p>',
        '<a name="refer1"></a><h2 class="H1">References</h2><div class="References">{list}</div>',
    ),
    Kind(
        "PLOS",
        '[<a href="#ref{n}" class="ref-tip">{n}</a>]',
        '<li id="ref{n}"><span class="order">{n}. </span><a name="ref{n}" id="ref{n}" class="link-target"></a>{who}. {what}. {where}. {year};3: '
        '1–2. pmid:77{n} <ul class="reflinks" data-doi="10.1371/x{n}"><li><a href="x">View Article</a></li><li><a href="x">PubMed/NCBI</a></li>'
        '<li><a href="x">Google Scholar</a></li></ul></li>',
        '<div class="toc-section"><a id="references" name="references" class="link-target" title="References"></a><h2>References</h2><ol class='
        '"references">{list}</ol></div>',
    ),
    Kind(
        "JAMA",
        '<sup><a href="#ioi20r{n}" class="ref-link section-jump-link">{n}</a></sup>',
        '<div class="reference"><a class="reference-number section-jump" id="ioi20r{n}" data-section="r">{n}.</a><div class="reference-content"> '
        '{who}. &nbsp;{what}.&nbsp; <i> {where}</i>. {year};3:1-2. <a href="https://doi.org/10.1001/x{n}">doi:10.1001/x{n}</a><span class='
        '"reference-links"><a href="x">PubMed</a><a href="x">Google Scholar</a><a href="x">Crossref</a></span></div></div>',
        '<div class="h3" role="heading">References</div><div class="references">{list}</div>',
    ),
    Kind(
        "NEJM",
        '<sup><a href="#core-collateral-r{n}" role="doc-biblioref" data-xml-rid="r{n}">{n}</a></sup>',
        '<div role="listitem" data-has="label"><div class="label">{n}.</div><div class="citations"><div id="r{n}" class="citation"><div class='
        '"citation-content">{who}. {what}. <em>{where}</em> {year};3:1-2.</div><div class="external-links"><div class="core-xlink-crossref"><a '
        'href="https://doi.org/10.1056/x{n}">Crossref</a></div><div><a href="x">PubMed</a></div><div><a href="x">Google Scholar</a></div></div>'
        "</div></div></div>",
        '<section id="bibliography" role="doc-bibliography"><h2>References</h2><div role="list">{list}</div></section>',
    ),
    Kind(
        "Lancet",
        '<sup><a href="#bib{n}" role="doc-biblioref">{n}</a></sup>',
        '<div role="listitem" data-has="label"><div class="label">{n}.</div><div class="citations"><div id="bib{n}" class="citation"><div class='
        '"citation-content"><div>{who}</div><div><strong>{what}</strong></div><div><em>{where}.</em> {year}; <b>3</b>:1-2</div></div><div class='
        '"external-links"><a href="x">Full Text</a> <a href="x">Full Text (PDF)</a> <a href="x">Scopus (12)</a> <a href="x">PubMed</a> <a '
        'href="x">Google Scholar</a></div></div></div></div>',
        '<section id="references"><h2 property="name">References</h2><div role="list">{list}</div></section>',
    ),
    Kind(
        "Taylor & Francis",
        '<span class="ref-lnk lazy-ref bibr"><a data-rid="CIT000{n}" data-refid="CIT000{n}" data-reflink="bibr" href="#"><span class="off-screen">'
        "Citation</span><sup>{n}</sup></a></span>",
        '<li id="CIT000{n}"><span><span class="hlFld-ContribAuthor">{who}</span>. {what}. {where}. {year};3:1–2. <div class="xlinks-container">'
        '<a href="x">Crossref</a><a href="x">PubMed</a><a href="x">Google Scholar</a></div></span></li>',
        '<div id="references-Section"><ul class="references numeric-ordered-list"><h2 id="references-Section1">References</h2>{list}</ul></div>',
        numbered=False,
    ),
    Kind(
        "SAGE",
        '<sup><a href="#bibr{n}-1" role="doc-biblioref">{n}</a></sup>',
        '<div role="doc-biblioentry listitem" id="bibr{n}-1"><div class="label">{n}.</div><div class="citation-content">{who}. {what}. <i>{where}'
        '</i> {year}; 3: 1–2.</div><div class="external-links"><a href="x">Crossref</a> <a href="x">PubMed</a></div></div>',
        '<section role="doc-bibliography" id="bibliography"><h2>References</h2><div role="doc-biblioentry list">{list}</div></section>',
    ),
    Kind(
        "AHA",
        '<sup><a href="#R{n}" class="ref showRefEvent">{n}</a></sup>',
        '<li id="R{n}" class="references__item"><span class="references__note"><span class="references__label">{n}. </span>{who}. <span class='
        '"references__article-title">{what}.</span> <em>{where}</em>. <span class="references__year">{year}</span>; 3:1–2.<span class='
        '"references__suffix"><a href="x" class="visitable">Crossref</a><a href="x">Medline</a><a href="x">Google Scholar</a></span></span></li>',
        '<div class="article__references"><p class="explanation__text"></p><h2 class="article__references--title">References</h2><ul class="rlist '
        'separator">{list}</ul></div>',
    ),
    Kind(
        "Karger",
        '[<a class="link link-ref xref-bibr" reveal-id="ref{n}" data-open="ref{n}" href="javascript:;">{n}</a>]',
        '<div class="js-splitview-ref-item" content-id="ref{n}"><div class="ref" id="ref-auto-ref{n}"><div class="ref-content"><span class="label">'
        '{n}.</span> <span class="citation">{who}. {what}. {where}. {year};3:1–2.</span><div class="citation-links"><a href="x">Crossref</a> '
        '<a href="x">Search ADS</a></div></div></div></div>',
        '<h2 class="backreferences-title">References</h2><div class="ref-list">{list}</div>',
    ),
    Kind(
        "Cambridge",
        '<a href="#ref{n}" class="xref bibr"><span class="show-for-sr">Reference </span><sup>{n}</sup></a>',
        '<div class="circle-list__item" aria-flowto="ref{n}" id="ref{n}"><span aria-label="label" class="circle-list__item__number"> {n}</span><div '
        'class="circle-list__item__grouped"><div class="circle-list__item__grouped__content"><span class="string-name">{who}</span> <span>{what}'
        '</span>. <i>{where}</i> {year}; 3: 1–2.<a href="x" class="aop-lazy-load">CrossRef</a><a href="x">Google Scholar</a></div></div></div>',
        '<div class="circle-list" id="references-list"><h2>References</h2>{list}</div>',
    ),
    Kind(
        "Wikipedia",
        '<sup id="cite_ref-A{n}_{n}-0" class="reference"><a href="#cite_note-A{n}-{n}"><span class="cite-bracket">&#91;</span>{n}<span class='
        '"cite-bracket">&#93;</span></a></sup>',
        '<li id="cite_note-A{n}-{n}"><span class="mw-cite-backlink">^ <a href="#cite_ref-A{n}_{n}-0"><sup><i><b>a</b></i></sup></a> <a href='
        '"#cite_ref-A{n}_{n}-1"><sup><i><b>b</b></i></sup></a></span> <span class="reference-text"><cite class="citation journal cs1">{who} '
        '({year}). <a rel="nofollow" class="external text" href="x">"{what}"</a>. <i>{where}</i>. <b>3</b>: 1–2.</cite><span title="ctx_ver=Z39" '
        'class="Z3988"></span></span></li>',
        '<div class="mw-heading mw-heading2"><h2 id="References">References</h2><span class="mw-editsection">[<a href="/w">edit</a>]</span></div>'
        '<div class="reflist"><div class="mw-references-wrap"><ol class="references">{list}</ol></div></div><div class="mw-heading"><h2 id='
        '"Further_reading">Further reading</h2></div><ul><li>Moss M (2016). "More to read". Nest.</li></ul>',
    ),
    Kind(
        "old Wikipedia",
        '<sup id="cite_ref-{n}" class="reference"><a href="#cite_note-{n}">[{n}]</a></sup>',
        '<li id="cite_note-{n}"><b><a href="#cite_ref-{n}">^</a></b> {who}. {what}. {where}. {year}.</li>',
        '<h2><span class="mw-headline" id="References">References</span><span class="mw-editsection">[<a href="/w">edit</a>]</span></h2>'
        '<ol class="references">{list}</ol>',
    ),
    Kind(
        "pandoc",
        '<span class="citation" data-cites="a{n}"><a href="#ref-a{n}" role="doc-biblioref">[{n}]</a></span>',
        '<div id="ref-a{n}" class="csl-entry" role="listitem"><div class="csl-left-margin">{n}. </div><div class="csl-right-inline">{who}. {what}. '
        "<em>{where}</em> 3, 1–2 ({year}).</div></div>",
        '<section id="references" class="level1"><h1>References</h1><div id="refs" class="references csl-bib-body" role="list">{list}</div></section>',
    ),
    Kind(
        "a table",
        "[{n}]",
        "<tr><td>[{n}]</td><td>{who}. {what}. {where}. {year}.</td></tr>",
        "<h3>Literature</h3><table><tbody>{list}</tbody></table>",
    ),
    Kind(
        "definitions",
        '<sup><a href="#n{n}">{n}</a></sup>',
        '<dt id="n{n}">{n}</dt><dd>{who}. {what}. {where}. {year}.</dd>',
        '<section epub:type="bibliography"><dl>{list}</dl></section>',
    ),
    Kind(
        "paragraphs",
        "<sup>{n}</sup>",
        "<p>{n}. {who}. {what}. {where}. {year}.</p>",
        "<p><strong>References</strong></p>{list}",
    ),
    Kind(
        "lines",
        "[{n}]",
        "{n}. {who}. {what}. {where}. {year}.<br>",
        "<h2>References</h2><p>{list}</p>",
    ),
    Kind(
        "no heading",
        '<sup><a href="#fn{n}">{n}</a></sup>',
        '<li id="fn{n}"><p>{who}. {what}. {where}. {year}. <a href="#fnref{n}" class="footnote-back">↩</a></p></li>',
        '<section class="footnotes" role="doc-endnotes"><hr><ol>{list}</ol></section>',
    ),
)  # fmt: skip

_PAGE = """<!DOCTYPE html><html lang="en"><head><title>Hedgehogs</title></head><body class="has-sidebar">
<header role="banner"><a href="/">Home</a> [7]</header><div class="cookie-banner">We keep 3 cookies [5].</div>
<nav><ul><li><a href="#s1">Care</a></li><li><a href="#references">References</a></li></ul></nav>
<main><article><h1>Care of the Hedgehog<sup>1</sup></h1>
<div class="authors">Ann Doe<sup>1</sup>, Bob Roe<sup>2</sup></div>
<div class="toc"><ol><li><a href="#s1">1 Care</a></li><li><a href="#references">2 References</a></li></ol></div>
<h2 id="s1">Care</h2>
<p>Weigh each animal on arrival{one}. Warm it before food{two}. It took 10<sup>3</sup> boxes of 12 kg in 2019.</p>
<p>Straw holds the warmth of an animal{four}, and its <sup>13</sup>C is known.</p>
<p style="display:none">Nobody sees this {five}.</p>
BACK
</article></main>
<aside><h2>Related articles</h2><ul><li>Poe P. Other works. Nest. 2017.</li><li>Quill Q. Still others. Nest. 2018.</li></ul></aside>
<footer>© 2020 The Press. All rights reserved.</footer></body></html>
"""


def page(kind: Kind) -> str:
    """A page of a kind: an article that cites entries 1, 2 and 4 of five."""
    listed = "".join(
        kind.entry.format(n=n, who=who, what=what, where=where, year=year) for n, (who, what, where, year) in enumerate(WORKS, 1)
    )
    cites = {
        name: kind.cite.format(n=n, who=WORKS[n - 1][0], year=WORKS[n - 1][3])
        for name, n in (("one", 1), ("two", 2), ("four", 4), ("five", 5))
    }
    return _PAGE.format(**cites).replace("BACK", kind.around.format(list=listed))
