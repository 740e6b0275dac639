//! The files of a large document: the document `large`. Whatever file an item stands in, it is reached as in a small one.

use postpress_constructs::large::{
    enums::{AddCatPhotoFormFrameColor, CatFurColor, OwnerKind},
    forms::{AddCatPhotoForm, AddCatPhotoFormFrame},
    params::ListCatsParams,
    types::{Adopted, Cat, Dogs, Health, Nap, Place},
    variants::GetBirdResponse,
};
use postpress_runtime::multipart::Upload;
use serde_json::json;

use crate::wire::{head, parts, rewritten};

#[test]
fn operations_of_every_tag_are_methods_of_one_client() {
    let cats: postpress_runtime::Items<Cat> = received!(
        "GET /cats?sort=age",
        json!([{"name": "a", "owner": {"kind": "person"}, "kittens": [{"name": "b", "owner": {"kind": "shelter"}}], "fur": {"color": "black"}}]),
        large.list_cats(&ListCatsParams {
            sort: Some("age".into()),
            ..ListCatsParams::default()
        })
    );
    assert_eq!(cats[0].kittens[0].owner.kind, OwnerKind::Shelter);
    let fur = cats[0].fur.as_ref().unwrap().value().unwrap();
    assert_eq!(fur.color, Some(CatFurColor::Black));
    let bird: GetBirdResponse = received!(
        "GET /birds/7",
        json!({"kind": "wren", "song": "s"}),
        large.get_bird("7")
    );
    assert_eq!(bird.tag(), Some("wren"));
    let health: Health = received!("GET /health", json!({"ok": true}), large.health());
    assert!(health.ok);
    let nap = Nap {
        hours: 2.0,
        place: Some(Place::default()),
    };
    let request = sent!(large.add_nap("7", &nap));
    assert_eq!(request.body, br#"{"hours":2,"place":{}}"#);
    assert_eq!(head(&sent!(large.free_fish("7"))), "DELETE /fish/7");
    let request = sent!(large.ride_horse("fast"));
    assert_eq!(head(&request), "PUT /horses\ncontent-type: text/plain");
}

#[test]
fn forms_are_sent_from_the_files_of_their_tag() {
    let form = AddCatPhotoForm {
        photo: Upload::bytes("p").with_file_name("p.png"),
        frame: AddCatPhotoFormFrame {
            color: Some(AddCatPhotoFormFrameColor::Red),
        },
    };
    let sent = parts(&sent!(large.add_cat_photo("7", &form)));
    assert_eq!(
        sent,
        [
            "photo (application/octet-stream, \"p.png\") = p",
            "frame[color] = red"
        ]
    );
}

#[test]
fn what_no_operation_mentions_is_there_too() {
    let adopted: Adopted = rewritten(json!({"owner": {"kind": "person"}, "at": {}}));
    assert!(adopted.owner.address.is_none() && adopted.at.is_some());
    let dogs: Dogs = rewritten(json!({"dogs": [{"owner": {"kind": "?"}}]}));
    assert_eq!(dogs.dogs[0].owner.kind.as_ref(), "?");
}
