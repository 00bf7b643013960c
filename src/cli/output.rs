//! What the verbs print with `--json`: one row each, as an example in JSON.
//!
//! An example says what stands where: `"text"`, `"number"`, `"flag"`, `"null"`, `"any"`, or several
//! with `|` between. A list holds any number of what is in it. A key that ends in `?` may be absent,
//! the key `*` stands for any. `"@name"` is the row of that name, or a record as in the file.

use crate::store::format::{DIALECT, records};
use crate::workspace::Place;
use serde_json::{Map, Value, json};

/// Every output by the name of its verb, and what several of them have in common by a name with @.
static ROWS: &[(&str, &str)] = &[
    ("add", r#""@one|@list""#),
    ("answer", r#""@one|@list""#),
    ("ask", r#""@questions|@one""#),
    ("backups", r#""@backups""#),
    ("batch", r#"[{"line":"number","command":["text"],"data":"any","words":["text"]}]"#),
    ("blocked", r#"[{"points":"number","items":["@named"]}]"#),
    ("break-down", r#"["@placed"]"#),
    (
        "calibration",
        r#"[{"factor":"text","n":"number","ratio":"number|null","quartiles":"@numbers|null",
        "hits":"number|null","within":"@within|null","items":[{"id":"text","rated":"any",
        "actual":"number","within":"flag|null"}]}]"#,
    ),
    ("changes", r#"{"since":"text","known":"text","changes":["@change"]}"#),
    (
        "check",
        r#"[{"rule":"text","id":"text|null","title":"text|null","place":"text|null",
        "words":"text","mend":"text"}]"#,
    ),
    ("checkin", r#""@checkin|@one|@list""#),
    (
        "config",
        r#"{"*":"any","keys":[{"scope":"text","id":"text","keys":["text"],"source":"@source"}],
        "problems":["@problem"]}"#,
    ),
    (
        "conflicts",
        r#"[{"id":"text","title":"text","field":"text","mine":"any","theirs":"any",
        "mine_at":"text|null","theirs_at":"text|null"}]"#,
    ),
    (
        "coverage",
        r#"{"objectives":[{"id":"text","title":"text","target":"number|null",
        "planned":"number|null","done":"number|null","points":"@effort"}],"none":"@effort",
        "all":"@effort","unsized":["text"],"unserved":["text"],"aimless":["text"],
        "unanswered":[{"id":"text","days":"number|null"}]}"#,
    ),
    ("decide", r#""@one|@list|@overrides""#),
    ("diff", r#""@differences""#),
    ("doctor", r#"[{"about":"text","health":"text","words":"text","hint":"text"}]"#),
    ("done", r#""@one|@list""#),
    ("duplicate", r#""@one|@list""#),
    (
        "explain",
        r#"{"a":"text","b":"text","chance":"number|null","shares":[{"factor":"text",
        "share":"number|null"}],"break_even":[{"item":"text","factor":"text","value":"number|null",
        "on_scale":"flag"}]}"#,
    ),
    ("forecast", r#""@forecast|@backtest""#),
    (
        "frameworks",
        r#"[{"id":"text","name":"text","summary":"text","factors":[{"id":"text",
        "name":"text","unit":"text","question":"text","above":"number|null","min":"number|null",
        "max":"number|null","only_steps":"flag","steps":[["number|text"]]}],"formula":"text",
        "example":{"values":["number"],"score":"number"},"source":"text"}]"#,
    ),
    ("git-setup", r#"{"attributes":"text","exclude":"text","program":"text"}"#),
    (
        "import",
        r#"{"format":"text","system":"text","dry_run":"flag","created":"number",
        "updated":"number","unchanged":"number","conflicting":"number","skipped":["@remark"],
        "left_out":["@remark"],"notes":["text"],"columns":[{"column":"text","is":"text|null"}],
        "rows":[{"row":"number","key":"text","id":"text","title":"text","place":"text","what":"text","changes":[{
        "field":"text","before":"any","after":"any","conflict":"flag"}]}]}"#,
    ),
    ("init", r#""text""#),
    (
        "keys",
        r#"[{"id":"text","keys":["text"],"scope":"text","title":"text","table":"text",
        "command":"text|null"}]"#,
    ),
    ("list", r#"["@placed"]"#),
    ("move", r#""@one|@list""#),
    ("next", r#""@next|@nexts|null""#),
    (
        "notes",
        r#"[{"item":"text","title":"text","to":"text","text":"text","on":"text|null","answer":"text|null"}]"#,
    ),
    (
        "outcomes",
        r#"{"name":"text","vision":"text","strategy":"text","objectives":[{"id":"text",
        "title":"text","share":"number|null","metrics":[{"name":"text","type":"text","unit":"text",
        "baseline":"number|null","target":"number|null","readings":[["text|number"]],"state":"text",
        "days_since":"number|null","words":"text"}]}]}"#,
    ),
    ("rank", r#""@ranking|@lens""#),
    ("reading", r#""@one|@list""#),
    ("release", r#""@release_stands""#),
    ("reopen", r#""@one|@list""#),
    ("restore", r#""@backups|@differences|@restored""#),
    (
        "review",
        r#"{"sprint":"text","state":"text","committed":"number","promised":["text"],
        "delivered":"number","accepted":["text"],"unaccepted":["text"],"unfinished":["text"],
        "carried":["text"],"dropped":["text"],"added":["text"],"learned":{"*":["text"]}}"#,
    ),
    ("rm", r#""@one|@list""#),
    ("schedule", r#""@schedule|@schedules""#),
    ("schema", r#"{"*":"any"}"#),
    (
        "score",
        r#"[{"id":"text","title":"text","place":"text","position":"number","framework":"text",
        "score?":"number","needs?":["text"],"off_scale?":["text"],"how":"text"}]"#,
    ),
    ("set", r#""@one|@list""#),
    ("show", r#""@one|@list""#),
    ("split", r#""@one|@list""#),
    ("sprint", r#""@course|@courses""#),
    (
        "standup",
        r#"{"since":"text","known":"text","sprint":"text|null","done":["text"],"begun":["text"],
        "moved":["@turned"],"added":["text"],"left":["text"],"rescored":["@turned"],
        "doing":["text"],"next":["text"],"stuck":["@stuck"]}"#,
    ),
    (
        "timeline",
        r#"{"releases":["@release_stands"],"initiatives":[{"id":"text","title":"text","release":"text|null","objective":"text|null","start":"text|null","end":"text|null","basis":"text","p50":"text|null","p85":"text|null","late_days":"number|null","waits_for":["text"]}],"quarters":[{"quarter":"text","people":"number|null","budget":"number|null","effort":"number","share":"number|null"}],"not_enough":"text|null"}"#,
    ),
    ("triage", r#""@one|@list|@alike""#),
    ("@alike", r#"[{"id":"text","title":"text|null","alike":"number"}]"#),
    (
        "@backtest",
        r#"{"method":"text","boards":"number","sprints":"number","tested":"number",
        "ahead":[{"n":"number","tested":"number","coverage":{"*":"number|null"},
        "pinball":"number|null","pinball_resample":"number|null"}]}"#,
    ),
    (
        "@backups",
        r#"[{"number":"number","at":"text","reason":"text","words":"text","size":"number",
        "path":"text"}]"#,
    ),
    (
        "@change",
        r#"{"topic":"text","hat":"text","id":"text","title":"text","words":"text","from?":"any","to?":"any","why?":"text","days?":"number"}"#,
    ),
    (
        "@checkin",
        r#"{"hat":"text","since":"text","known":"text","changes":["@change"],"balance":{"weeks":[{"start":"text","pm":"number","po":"number"}],"idle":{"pm":"number","po":"number"}},"signals":[{"id":"text","title":"text","words":"text","limit":"any","on":"flag"}]}"#,
    ),
    (
        "@course",
        r#"{"id":"text","name":"text","state":"text","start":"text|null","end":"text|null",
        "goal":"text","days_off":"number","committed":"number","delivered":"number",
        "points":"number","unsized":"number","room":"number|null","day":"number|null",
        "days":"number|null","late":["text"],"added":["text"],"added_points":"number",
        "added_done":"number","stuck":["@stuck"],
        "burndown?":"@burndown|null","columns?":[{"column":"text","holds":"number",
        "limit":"number|null"}],"items?":[{"id":"text","title":"text","column":"text",
        "points":"number|null","approved":"text|null"}]}"#,
    ),
    ("@courses", r#"["@course"]"#),
    ("@burndown", r#"[{"date":"text","ideal":"number","left":"number|null"}]"#),
    (
        "@differences",
        r#"[{"change":"text","id":"text","title":"text","from?":"@spot|null","to?":"@spot|null",
        "field?":"text","before?":"any","after?":"any"}]"#,
    ),
    ("@effort", r#"{"planned":"number","done":"number","without_points":"number"}"#),
    (
        "@forecast",
        r#"{"method":"text","basis":["number"],"sprint_days":"number|null","working_days":"number|null",
        "counted":"text","items":[{"id":"text","chance_by_sprint":["number"],"p50":"text|null",
        "p85":"text|null","p95":"text|null","assumed":"flag"}],"lines":[{"sprint":"text",
        "id":"text|null","ends":"text","after":"text|null"}],"not_enough":"text|null",
        "by?":{"date":"text","sprints":"number","amounts":{"*":"number|null"},
        "after":{"*":"text|null"}},"changes?":["any"]}"#,
    ),
    (
        "@lens",
        r#"{"framework":"text","lens":"text","tau":"number|null","items":[{"id":"text",
        "title":"text","ranks":"@numbers","scores":"@numbers","why":[{"framework":"text",
        "factor":"text","value":"number","usual":"number","pulls":"text"}]}]}"#,
    ),
    ("@list", r#"["@one"]"#),
    ("@named", r#"{"id":"text","title":"text","place":"text|null"}"#),
    ("@next", r#"{"id":"text","what":"text","why":"text","when":"text"}"#),
    ("@nexts", r#"["@next"]"#),
    ("@numbers", r#"["number"]"#),
    (
        "@one",
        r#""@placed|@objective|@persona|@release|@sprint|@decision|@check_in|@product|@settings""#,
    ),
    (
        "@overrides",
        r#"[{"id":"text","item":"text","what":"text","why":"text|null","on":"text|null",
        "review":"text|null","stands":"flag","ended":"text|null"}]"#,
    ),
    ("@problem", r#"{"source":"@source","words":"text"}"#),
    (
        "@questions",
        r#"{"framework":"text","line":"number|null","questions":[{"above":"text","below":"text",
        "chance":"number|null"}],"contradictions":[["text"]]}"#,
    ),
    (
        "@ranking",
        r#"{"framework":"text","line":"number|null","seed":"number","trials":"number","items":[{
        "id":"text","title":"text","score":"number","rank":"number",
        "chance_above_line":"number|null","best_rank":"number|null","worst_rank":"number|null",
        "band":"number"}],"unscored":["@unscored"]}"#,
    ),
    (
        "@release_stands",
        r#"{"id":"text","name":"text","date":"text|null","state":"text","approved":"text|null","items":["text"],"done":"number","accepted":"number","p85":"text|null","late_days":"number|null","chain":["text"],"says":"text"}"#,
    ),
    ("@remark", r#"{"row":"number","why":"text"}"#),
    ("@restored", r#"{"path":"text"}"#),
    (
        "@schedule",
        r#"{"place":"text","order":["text"],"cost":"number","current":["text"],
        "current_cost":"number","optimal":"flag","lower_bound":"number","left_out":["@unscored"],
        "moves":[{"id":"text","to":"number","saves":"number"}],"rounds":["text"]}"#,
    ),
    ("@schedules", r#"["@schedule"]"#),
    (
        "@source",
        r#"{"kind":"text","name?":"text","path?":"text","line?":"number","column?":"number"}"#,
    ),
    ("@spot", r#"{"place":"text","position":"number"}"#),
    (
        "@stuck",
        r#"{"id":"text","since":"text|null","days":"number|null","why":"text",
        "waits":["text"]}"#,
    ),
    ("@turned", r#"{"id":"text","from":"text","to":"text"}"#),
    ("@unscored", r#"{"id":"text","needs":["text"],"off_scale?":["text"]}"#),
    ("@within", r#"{"hits":"number","of":"number"}"#),
];

/// The names of the verbs that print JSON, in the order of the alphabet.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|(name, _)| *name).filter(|name| !name.starts_with('@'))
}

/// The schema of what a verb prints with `--json`.
pub(super) fn schema(verb: &str) -> Option<Value> {
    let (_, example) = ROWS.iter().find(|(name, _)| *name == verb)?;
    let mut schema = read(example);
    let mut shared = records();
    shared.insert("placed".into(), placed());
    let rows = ROWS.iter().filter_map(|(name, row)| Some((name.strip_prefix('@')?, row)));
    shared.extend(rows.map(|(name, row)| (name.to_owned(), read(row))));
    let used = used(&schema, &shared);
    shared.retain(|name, _| used.contains(name));
    schema["$schema"] = DIALECT.into();
    schema["title"] = format!("What `twohats {verb} --json` prints").into();
    if !shared.is_empty() {
        schema["$defs"] = shared.into();
    }
    Some(schema)
}

/// An item as in the file, and where it stands.
fn placed() -> Value {
    let places = Place::ITEMS.map(Place::key);
    json!({
        "$ref": "#/$defs/item",
        "required": ["place", "position"],
        "properties": {
            "place": { "enum": places },
            "position": { "type": "integer", "minimum": 1 },
            "score": { "type": "number" },
        },
    })
}

fn read(example: &str) -> Value {
    serde_json::from_str(example).map_or(Value::Null, |example| of(&example))
}

/// The schema of what looks like an example.
fn of(example: &Value) -> Value {
    match example {
        Value::String(words) => match &words.split('|').map(word).collect::<Vec<_>>()[..] {
            [only] => only.clone(),
            several => json!({ "anyOf": several }),
        },
        Value::Array(entries) => {
            json!({ "type": "array", "items": entries.first().map_or(json!({}), of) })
        }
        Value::Object(members) => object(members),
        _ => json!({}),
    }
}

fn word(word: &str) -> Value {
    match word {
        "text" => json!({ "type": "string" }),
        "flag" => json!({ "type": "boolean" }),
        "any" => json!({}),
        _ => word.strip_prefix('@').map_or_else(
            || json!({ "type": word }),
            |name| json!({ "$ref": format!("#/$defs/{name}") }),
        ),
    }
}

fn object(members: &Map<String, Value>) -> Value {
    let mut object = json!({ "type": "object" });
    let named = || members.iter().filter(|(key, _)| *key != "*");
    let required: Vec<_> = named().map(|(key, _)| key).filter(|key| !key.ends_with('?')).collect();
    if named().next().is_some() {
        let known = named().map(|(key, member)| (key.trim_end_matches('?').to_owned(), of(member)));
        object["required"] = json!(required);
        object["properties"] = Value::Object(known.collect());
    }
    if let Some(any) = members.get("*") {
        object["additionalProperties"] = of(any);
    }
    object
}

/// The names of the shared schemas that one needs.
fn used(schema: &Value, shared: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let name = members.get("$ref").and_then(Value::as_str);
                let name = name.and_then(|name| name.rsplit('/').next()).map(str::to_owned);
                if let Some(name) = name.filter(|name| !names.contains(name)) {
                    open.extend(shared.get(&name));
                    names.push(name);
                }
                open.extend(members.values());
            }
            Value::Array(entries) => open.extend(entries),
            _ => {}
        }
    }
    names
}
