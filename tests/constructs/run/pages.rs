//! What is odd in a response costs nothing but itself: the document `pages`.

use postpress_constructs::pages::{types::Page, variants::Kind};
use serde_json::json;

#[test]
fn odd_records_are_kept_beside_the_others_and_written_back() {
    let came = json!({
        "records": [
            {"id": "a", "parent": {"id": "b", "parent": null, "tags": [], "ratios": []}, "tags": ["x", null], "ratios": [1, "y", 0.5]},
            {"id": "c", "parent": 7, "tags": "x", "ratios": []},
            null,
            {"id": "d", "parent": null, "tags": [], "ratios": [], "kind": ["k"], "lines": [[1, {}], "z"], "named": {"e": true}},
            {"tags": []},
            {"id": []},
        ],
        "next_id": ["odd"],
        "total": 6,
        "ratio": {},
        "until": "never",
    });
    let page: Page = received!("GET /pages", came, pages.get_page());
    let ids: Vec<&str> = page.records.iter().map(|record| &*record.id).collect();
    assert_eq!(ids, ["a", "c", "d"]);
    let odd: Vec<(usize, Option<&str>)> = page
        .records
        .odd()
        .map(|(index, odd)| (index, odd.error().json_path()))
        .collect();
    assert_eq!(odd, [(2, None), (4, None), (5, Some("id"))]);
    let [a, c, d] = &*page.records else { panic!() };
    assert_eq!(*a.tags, ["x"]);
    assert_eq!(*a.ratios, [1.0, 0.5]);
    assert_eq!(a.parent.as_ref().unwrap().value().unwrap().id, "b");
    let parent = c.parent.as_ref().unwrap().odd().unwrap();
    assert_eq!(parent.json().as_str(), "7");
    assert_eq!((c.tags.len(), c.tags.odd().len()), (0, 1));
    let kind = d.kind.as_ref().unwrap().value();
    assert_eq!(kind, Some(&Kind::List(vec!["k".to_owned()].into())));
    assert_eq!(*d.lines[0], [1]);
    assert!(d.named["e"].odd().is_some());
    for odd in [
        &page.next_id.as_ref().unwrap().odd(),
        &page.ratio.as_ref().unwrap().odd(),
    ] {
        assert!(odd.is_some());
    }
    assert_eq!(
        page.until.as_ref().unwrap().odd().unwrap().json().as_str(),
        "\"never\""
    );
    assert_eq!(serde_json::to_value(&page).unwrap(), came);
}

#[test]
fn small_oddities_are_tolerated_at_any_depth() {
    let record =
        json!({"id": 7, "changed": "", "parent": null, "lines": [["2", 3.0]], "notes": null});
    let page: Page = received!(
        "GET /pages",
        json!({"records": [record], "next_id": 5, "total": "6"}),
        pages.get_page()
    );
    assert_eq!(page.total, 6);
    assert_eq!(page.next_id.as_ref().unwrap().value().unwrap(), "5");
    assert_eq!(page.until, None);
    let record = &page.records[0];
    assert_eq!((&*record.id, record.changed), ("7", None));
    assert!(record.tags.came_empty() && record.notes.is_empty());
    assert_eq!(*record.lines[0], [2, 3]);
}
