import sys; sys.path.insert(0,"/tmp/b4/demo")
import pytest
from datetime import date
from decimal import Decimal
pytestmark = pytest.mark.django_db
def test_it():
    import spec
    from comity.core.people.load_reference import load_reference
    load_reference()
    from comity.modules.programmes import demonstration as d
    d.load()
    from comity.core.counting.asking import ask
    from comity.core.counting.countable import Period, Question, value_of
    from comity.modules.reports.printing.claims import claim
    got={}
    for x in spec.F:
        if "parts" in x:
            try:
                a,b=[got[p] for p in x["parts"]]; v=a/b*100 if x["measure"]=="ratio" else (a/b-1)*100
            except Exception as e: print("--",x["slug"],e); continue
        elif not x["counts"].startswith("programmes"): continue
        else:
            p=spec.PERIODS.get(x["slug"],"2019-01-01/2019-12-31").split("/")
            per=Period(*map(date.fromisoformat,p)) if x.get("period")!="none" else None
            q=Question(x["where"],x["measure"],x["of"],per,x["period_rule"],date(2020,5,1))
            v=value_of(x["measure"],ask(x["counts"],q))
        got[x["slug"]]=v
        try: c=claim(v,x["qualifier"],x["rounding"],x["kind"]); s=f"{c.qualifier} {c.number:,f}"
        except Exception as e: s=f"!!!! {e}"
        print(f"{x['slug']:42} {v!s:22.22} {s}")
