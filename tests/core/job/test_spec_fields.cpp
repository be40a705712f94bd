#include "core/advice/parameter_help.h"
#include "core/job/spec_fields.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

Json usable() {
    TrainSpec spec;
    spec.model.path = "/m";
    spec.data.files = {"/a.jsonl"};
    return trainSpecToJson(spec);
}

} // namespace

class TestSpecFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsExplained() {
        QVERIFY(specFields().size() > 45);
        for (const SpecField& field : specFields())
            QVERIFY2(findParameterHelp(field.key), field.key.c_str());
    }

    void everyExplainedKeyIsAFieldOrASection() {
        for (const ParameterHelp& help : parameterHelp()) {
            bool known = help.key == "version";
            for (const SpecField& field : specFields())
                known
                    |= field.key == help.key || field.key.starts_with(std::string(help.key) + ".");
            QVERIFY2(known, std::string(help.key).c_str());
        }
    }

    void typesAreThoseOfTheSpec() {
        QCOMPARE(findSpecField("optimizer.learning_rate")->type, FieldType::Number);
        QCOMPARE(findSpecField("schedule.accumulation")->type, FieldType::Whole);
        QCOMPARE(findSpecField("data.packing")->type, FieldType::Flag);
        QCOMPARE(findSpecField("data.files")->type, FieldType::Paths);
        QCOMPARE(findSpecField("dtype")->type, FieldType::Choice);
        QCOMPARE(findSpecField("name")->type, FieldType::Text);
    }

    void everyChoiceIsAcceptedByTheCheckAndNothingElse() {
        for (const SpecField& field : specFields()) {
            if (field.type != FieldType::Choice)
                continue;
            for (const std::string& choice : field.choices) {
                Json spec = usable();
                setSpecValue(spec, field.key, choice);
                for (const Error& problem : specProblems(spec))
                    QVERIFY2(
                        fieldOfProblem(problem) != field.key, (field.key + " = " + choice).c_str());
            }
            Json spec = usable();
            setSpecValue(spec, field.key, "no such name");
            QVERIFY2(!specProblems(spec).empty(), field.key.c_str());
        }
    }

    void problemsNameTheirField_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("range") << "optimizer.learning_rate"
                               << "0";
        QTest::newRow("type") << "schedule.epochs"
                              << "\"three\"";
        QTest::newRow("top level") << "threads"
                                   << "-1";
        QTest::newRow("template") << "chat_template"
                                  << "\"nobody's\"";
        QTest::newRow("combination") << "schedule.micro_batch_tokens"
                                     << "16";
        QTest::newRow("nested") << "model.shape.heads"
                                << "3";
    }
    void problemsNameTheirField() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Json spec = usable();
        if (key.startsWith(QStringLiteral("model.shape"))) {
            TrainSpec withShape;
            withShape.model.shape.emplace();
            spec["model"] = trainSpecToJson(withShape)["model"];
            spec["model"]["tokenizer"] = "/t";
            setSpecValue(spec, "model.shape.hidden_size", 99); // heads of 33: odd
        }
        setSpecValue(spec, key.toStdString(), Json::parse(value.toStdString()));
        QStringList fields;
        for (const Error& problem : specProblems(spec))
            fields.append(QString::fromStdString(fieldOfProblem(problem)));
        QVERIFY2(fields.contains(key), qPrintable(fields.join(QStringLiteral(", "))));
    }

    void differencesNameWhatChanged() {
        const Json before = usable();
        Json after = before;
        QVERIFY(specDifferences(before, after).empty());
        after["name"] = "another name"; // no difference worth a line
        setSpecValue(after, "optimizer.learning_rate", 5e-5);
        setSpecValue(after, "model.shape.layers", 2);
        const auto differences = specDifferences(before, after);
        QCOMPARE(differences.size(), std::size_t(2));
        QCOMPARE(differences[0].key, std::string("model.shape.layers"));
        QVERIFY(differences[0].before.is_null());
        QCOMPARE(differences[1].key, std::string("optimizer.learning_rate"));
        QCOMPARE(differences[1].before.get<double>(), 1e-4);
        QCOMPARE(differences[1].after.get<double>(), 5e-5);
    }

    void presetsGiveSpecsThatCanBeTrained() {
        for (const SpecPreset& preset : builtInPresets()) {
            Json spec = usable();
            ASSAY_VERIFY_RESULT(applyPreset(spec, preset.values));
            const auto problems = specProblems(spec);
            QVERIFY2(problems.empty(),
                (preset.id + (problems.empty() ? "" : ": " + message(problems.front()))).c_str());
        }
        Json spec = usable();
        QVERIFY(!applyPreset(spec, {{"optimizer.no_such_key", 1}}));
        QVERIFY(spec == usable()); // nothing of it was taken
    }
};

QTEST_APPLESS_MAIN(TestSpecFields)
#include "test_spec_fields.moc"
