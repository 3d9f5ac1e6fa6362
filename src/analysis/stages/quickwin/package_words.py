"""What is said of packages: what they hold, what they leave out, and what ranks alone would buy."""

from collections.abc import Sequence

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.quickwin import purchases
from analysis.stages.quickwin.packages import Option, rupiah, whole
from analysis.text import _, listed, listing, number

SHOWN = 3  # names in one headline


def kept(least: int, most: int) -> str:
    """What the package keeps to: its floor a dimension and its ceiling a lead unit (0: none)."""
    said = [
        _("sedikitnya {least} program setiap dimensi").format(least=least) if least else "",
        _("paling banyak satu dari setiap kelompok usulan bernama mirip"),
        _("paling banyak {most} program setiap perangkat daerah penanggung jawab").format(most=most)
        if most
        else "",
    ]
    return _("Batas paket: {limits}.").format(limits=listing(filter(None, said)))


def headline(package: Option, bought: pd.DataFrame, names: pd.Series) -> str:
    """What the budget pays for, and in which dimensions least.

    `bought`: see `packages.bought`; `names`: of the dimensions, by id.
    """
    if bought.empty:
        return _("Belum ada usulan lengkap, jadi paket tidak dihitung")
    if package.held.empty:
        if (bought["cost"] <= package.budget).any():
            return _("Paket kosong: setiap usulan yang terjangkau bernilai nol")
        return _("{budget} belum cukup untuk usulan lengkap mana pun").format(
            budget=rupiah(package.budget, 1)
        )
    least = purchases.least_served(package.held, names)
    if without := purchases.absent(package.held, names):
        words, least = _("Anggaran cukup untuk {count} program; tanpa program: {names}"), without
    elif 0 < len(least) <= SHOWN:
        words = _("{budget} cukup untuk membiayai {count} program, paling sedikit di {names}")
    else:
        words = _("{budget} cukup untuk membiayai {count} program di semua dimensi")
    return words.format(
        budget=rupiah(package.budget, 1), count=len(package.held), names=listed(least, SHOWN)
    )


def within(option: Option, bought: pd.DataFrame, names: pd.Series) -> Finding:
    """What the budget pays for and, of the first ranks, what it leaves out and why."""
    said = headline(option, bought, names) + "."
    if bought.empty:
        return Finding(said)
    if option.held.empty:
        words = _("Usulan termurah berbiaya {cost}.")
        return Finding(said, detail=words.format(cost=rupiah(bought["cost"].min())))
    counts = option.held["dimension"].value_counts()
    detail = _("Biayanya {cost} dari {budget}. {counts}.").format(
        cost=rupiah(option.cost),
        budget=rupiah(option.budget),
        counts=listing(f"{name} {counts.get(id, 0)}" for id, name in names.items()),
    )
    if len(out := purchases.missed(bought, option.held)):
        detail += _(" Tidak masuk dari sepuluh besar: {names}.").format(
            names="; ".join(f"{row.label} – {row.reason}" for row in out.itertuples())
        )
    return Finding(said, detail=detail)


def unmet(option: Option, bought: pd.DataFrame, names: pd.Series, least: int) -> Finding | None:
    """Which dimensions get fewer programmes than the floor asks for; none where none does."""
    short = purchases.unmet(bought, option, least, names)
    if not short:
        return None
    words = _("Sedikitnya {least} program setiap dimensi tidak tercapai di {count} dimensi.")
    told = [
        _("{names}: {reason}.").format(
            names=listing(name for name, why in short if why == reason), reason=reason
        )
        for reason in dict.fromkeys(why for _name, why in short)
    ]
    return Finding(words.format(least=least, count=len(short)), detail=" ".join(told))


def headline_in_turn(options: Sequence[Option], names: pd.Series) -> str:
    """What is bought in rank order until the money ends, and which dimensions that leaves out."""
    turn = whole(options, packed=False)
    if turn.held.empty:
        return _("Menurut peringkat tidak ada program yang terbiayai")
    if without := purchases.absent(turn.held, names):
        return _(
            "Menurut peringkat anggaran cukup untuk {count} program; tanpa program: {names}"
        ).format(count=len(turn.held), names=listed(without, SHOWN))
    return _("Menurut peringkat anggaran cukup untuk {count} program di semua dimensi").format(
        count=len(turn.held)
    )


def in_turn(options: Sequence[Option], bought: pd.DataFrame, names: pd.Series) -> Finding:
    """What is bought in rank order instead, and which of the first ranks that leaves out."""
    turn, said = whole(options, packed=False), headline_in_turn(options, names) + "."
    if turn.held.empty:
        return Finding(said)
    told = [_("Biayanya {cost}.").format(cost=rupiah(turn.cost))]
    leads = turn.held["lead_short"].value_counts()
    if (most := leads.iloc[0]) > 1:
        told.append(
            _("Paling banyak dipimpin satu perangkat daerah: {count} program ({units}).").format(
                count=most, units=listed(leads.index[leads == most], SHOWN)
            )
        )
    if count := purchases.twins(turn.held):
        told.append(_("{count} program mirip dengan program lain di dalamnya.").format(count=count))
    if len(out := purchases.missed(bought, turn.held)):
        told.append(
            _("Tidak terbiayai dari sepuluh besar: {names}.").format(names=listing(out["label"]))
        )
    return Finding(said, detail=" ".join(told))


def budgets(options: Sequence[Option], names: pd.Series) -> Finding:
    """What the package becomes with half the budget, and with one and a half of it."""
    packages = [option for option in options if option.packed]
    told = [
        _("{budget}: {bought}.").format(budget=rupiah(o.budget), bought=_bought(o, names))
        for o in packages
    ]
    less, more = (len(packages[end].held) for end in (0, -1))
    words = (
        _("Setengah anggaran cukup untuk {less} program, satu setengah kalinya untuk {more}.")
        if less
        else _("Setengah anggaran belum cukup; satu setengah kalinya cukup untuk {more} program.")
        if more
        else _("Satu setengah kali anggaran pun belum cukup untuk satu program.")
    )
    return Finding(words.format(less=less, more=more), detail=" ".join(told))


def titled(option: Option, names: pd.Series) -> str:
    """Which package it is, and what it pays for."""
    return f"{option.name}: {_bought(option, names)}"


def _bought(option: Option, names: pd.Series) -> str:
    if option.held.empty:
        return _("tidak ada program")
    without = purchases.absent(option.held, names)
    words = (
        _("{count} program berbiaya {cost}; tanpa program: {names}")
        if without
        else _("{count} program berbiaya {cost} di semua dimensi")
    )
    return words.format(count=len(option.held), cost=rupiah(option.cost), names=listing(without))


def headline_left_out(bought: pd.DataFrame) -> str:
    """How many complete proposals the package leaves out, and the best-ranked of them."""
    out = bought[~bought["within"]]
    if bought.empty:
        return _("Belum ada usulan lengkap")
    if out.empty:
        return _("Semua usulan lengkap masuk paket")
    return _("{count} dari {all} usulan lengkap tidak masuk paket; teratas: {name}").format(
        count=len(out), all=len(bought), name=out["label"].iloc[0]
    )


def headline_chosen(chosen: pd.DataFrame) -> str:
    """Within how many months every programme of the package is done."""
    if chosen.empty:
        return _("Belum ada program dalam paket")
    return _("Semua program dalam paket selesai dalam {months} bulan").format(
        months=number(chosen["duration"].max(), 0)
    )


def alt(options: Sequence[Option], names: pd.Series) -> str:
    """The picture of `purchases.covered`, for those who do not see it."""
    told = [
        f"{option.name}: "
        + ", ".join(f"{name} {number(counts.get(id, 0), 0)}" for id, name in names.items())
        for option in options
        for counts in [option.held["dimension"].value_counts()]
    ]
    return _("Banyaknya program: {options}.").format(options="; ".join(told))
