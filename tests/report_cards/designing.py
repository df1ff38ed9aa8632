"""What the designer's page posts."""


def one(**changed):
    told = {"key": "", "name": "Own words", "question": "Does what was said.", "french": "", "target": "80"}
    return {**told, "weight": "100", **changed}


def filled(relationship=None, secret_gathering=None, **changed):
    """The form with one behaviour a measure unless told otherwise."""
    rows = {
        "relationship": relationship if relationship is not None else [one(name="Calls back")],
        "secret_gathering": secret_gathering
        if secret_gathering is not None
        else [one(name="Asks", question="Asks what we need.")],
    }
    data = {"name": "Card 2027", "first_month": "2027-01"}
    for measure, told in rows.items():
        data[f"{measure}-rows"] = str(len(told))
        for n, row in enumerate(told):
            data |= {f"{measure}-{n}-{name}": value for name, value in row.items()}
    return {**data, **changed}


def as_shown(page):
    """What the page in a response would post if nothing were typed."""
    data = {name: page.card[name].value() or "" for name in ("name", "seen")}
    month = page.card["first_month"].value()
    data["first_month"] = month if isinstance(month, str) else f"{month:%Y-%m}"
    for rows in page.measures:
        data[f"{rows.measure.value}-rows"] = str(len(rows))
        for form in rows:
            data |= {form[name].html_name: form[name].value() or "" for name in form.fields}
    return data


def rows_of(page, measure):
    """Names and weights of a measure as they stand on the page."""
    rows = next(rows for rows in page.measures if rows.measure == measure)
    return [(form["name"].value(), form["weight"].value()) for form in rows]
