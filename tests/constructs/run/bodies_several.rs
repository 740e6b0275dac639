//! Bodies of one of several media types, which the caller chooses: the document `bodies_several`.

use postpress_constructs::bodies_several::{
    bodies::{AddPetBody, ChangePetBody, PlaceOrderBody, SetNoteBody, SetPictureBody},
    forms,
    params::SetNoteParams,
    types::Pet,
};

use crate::wire::{head, parts, whole};

fn pet() -> Pet {
    Pet {
        name: "a b".into(),
        age: Some(1),
    }
}

#[test]
fn what_is_given_is_sent_as_json_where_json_is_possible() {
    let pet = pet();
    assert_eq!(
        whole(&sent!(bodies_several.add_pet(&pet))),
        "POST /pets\ncontent-type: application/json\n\n{\"name\":\"a b\",\"age\":1}"
    );
}

#[test]
fn the_caller_chooses_the_media_type() {
    let pet = pet();
    assert_eq!(
        whole(&sent!(bodies_several.add_pet(AddPetBody::UrlEncoded(&pet)))),
        "POST /pets\ncontent-type: application/x-www-form-urlencoded\n\nname=a%20b&age=1"
    );
    assert_eq!(
        whole(&sent!(
            bodies_several.add_pet(AddPetBody::Xml("<pet/>".into()))
        )),
        "POST /pets\ncontent-type: application/xml\n\n<pet/>"
    );
    let form = forms::Pet {
        name: "c".into(),
        age: None,
    };
    let request = sent!(bodies_several.add_pet(&form));
    assert_eq!(
        head(&request),
        "POST /pets\ncontent-type: multipart/form-data"
    );
    assert_eq!(parts(&request), ["name = c"]);
    assert_eq!(
        whole(&sent!(
            bodies_several.place_order(PlaceOrderBody::UrlEncoded(&pet))
        )),
        "POST /orders\ncontent-type: application/x-www-form-urlencoded\n\nname=a%20b&age=1"
    );
    assert_eq!(
        whole(&sent!(bodies_several.place_order(&pet))),
        "POST /orders\ncontent-type: application/json\n\n{\"name\":\"a b\",\"age\":1}"
    );
    // There is no variant for the same JSON under another name.
    let body = AddPetBody::Json(&pet);
    match body {
        AddPetBody::Json(_)
        | AddPetBody::Xml(_)
        | AddPetBody::UrlEncoded(_)
        | AddPetBody::Multipart(_) => {}
    }
}

#[test]
fn json_of_several_media_types_is_several_bodies() {
    let (pet, steps) = (pet(), ["x".to_owned()]);
    assert_eq!(
        whole(&sent!(
            bodies_several.change_pet(Some(ChangePetBody::MergePatchJson(&pet)))
        )),
        "PATCH /pets\ncontent-type: application/merge-patch+json\n\n{\"name\":\"a b\",\"age\":1}"
    );
    assert_eq!(
        whole(&sent!(
            bodies_several.change_pet(Some(steps.as_slice().into()))
        )),
        "PATCH /pets\ncontent-type: application/json-patch+json\n\n[\"x\"]"
    );
    assert_eq!(
        whole(&sent!(bodies_several.change_pet(None))),
        "PATCH /pets"
    );
}

#[test]
fn bytes_and_texts_are_sent_under_the_media_type_that_is_chosen() {
    for (body, media) in [
        (SetPictureBody::Png("x".into()), "image/png"),
        (SetPictureBody::Jpeg("x".into()), "image/jpeg"),
        (
            SetPictureBody::Bytes("x".into()),
            "application/octet-stream",
        ),
    ] {
        assert_eq!(
            whole(&sent!(bodies_several.set_picture(body))),
            format!("PUT /picture\ncontent-type: {media}\n\nx")
        );
    }
    let params = SetNoteParams::default();
    assert_eq!(
        whole(&sent!(
            bodies_several.set_note(Some(SetNoteBody::Text("x".into())), &params)
        )),
        "PUT /note\ncontent-type: text/plain\n\nx"
    );
    assert_eq!(
        whole(&sent!(
            bodies_several.set_note(Some(SetNoteBody::Json(None)), &params)
        )),
        "PUT /note\ncontent-type: application/json\n\nnull"
    );
}
