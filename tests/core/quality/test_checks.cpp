#include "core/quality/checks.h"
#include "core/quality/language.h"
#include "core/quality/text_measures.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

#include <set>

using namespace assay;
using namespace assay::test;

namespace {

std::set<std::string> namesOf(const std::vector<const CheckInfo*>& found) {
    std::set<std::string> names;
    for (const CheckInfo* info : found)
        names.insert(info ? info->name : "null");
    return names;
}

Message message(Role role, const std::string& content) {
    Message made;
    made.role = role;
    made.content = content;
    return made;
}

Sample conversation(std::vector<Message> messages) {
    Sample sample;
    sample.messages = std::move(messages);
    return sample;
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

} // namespace

class TestChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCheckIsNamedOnce() {
        std::set<std::string> names;
        for (const CheckInfo& info : checkList()) {
            QVERIFY2(names.insert(info.name).second, info.name);
            QCOMPARE(findCheck(info.name), &info);
        }
        QVERIFY(!findCheck("no-such-check"));
    }

    void structureFindsWhatIsWrong_data() {
        QTest::addColumn<QString>("roles");
        QTest::addColumn<QString>("expected");
        // s system, u user, a assistant, c call, r result, ? result of an unknown call,
        // U and A without words, j call whose arguments are no JSON
        QTest::newRow("plain") << "ua"
                               << "";
        QTest::newRow("system and two turns") << "suaua"
                                              << "";
        QTest::newRow("tools") << "ucra"
                               << "";
        QTest::newRow("two results") << "ucrra"
                                     << "";
        QTest::newRow("ends with a call") << "uc"
                                          << "";
        QTest::newRow("two questions") << "uua"
                                       << "role-order";
        QTest::newRow("two answers") << "uaa"
                                     << "role-order";
        QTest::newRow("assistant first") << "au"
                                         << "role-order";
        QTest::newRow("late system") << "uasua"
                                     << "role-order";
        QTest::newRow("no answer") << "u"
                                   << "answer-empty role-order";
        QTest::newRow("no question") << "sa"
                                     << "query-empty role-order";
        QTest::newRow("empty question") << "Ua"
                                        << "query-empty";
        QTest::newRow("empty answer") << "uA"
                                      << "answer-empty";
        QTest::newRow("empty first answer") << "uAua"
                                            << "answer-empty";
        QTest::newRow("result without call") << "ura"
                                             << "role-order tool-call-id tool-result";
        QTest::newRow("unknown call") << "uc?a"
                                      << "tool-call-id";
        QTest::newRow("broken arguments") << "ujra"
                                          << "tool-arguments";
    }
    void structureFindsWhatIsWrong() {
        QFETCH(QString, roles);
        QFETCH(QString, expected);
        std::vector<Message> messages;
        for (const QChar c : roles) {
            Message made = message(Role::User, "words");
            if (c == QLatin1Char('s'))
                made.role = Role::System;
            if (QStringLiteral("aAcj").contains(c))
                made.role = Role::Assistant;
            if (c == QLatin1Char('U') || c == QLatin1Char('A'))
                made.content = " \n";
            if (c == QLatin1Char('c') || c == QLatin1Char('j')) {
                made.content.clear();
                made.toolCalls
                    = {{"call_1", "find", c == QLatin1Char('j') ? "{\"a\":" : "{\"a\": 1}"}};
            }
            if (c == QLatin1Char('r') || c == QLatin1Char('?')) {
                made.role = Role::Tool;
                made.toolCallId = c == QLatin1Char('r') ? "call_1" : "call_9";
            }
            messages.push_back(made);
        }
        QStringList found;
        for (const std::string& name : namesOf(checkStructure(conversation(messages))))
            found.append(QString::fromStdString(name));
        QCOMPARE(found.join(QLatin1Char(' ')), expected);
    }

    void pairsThatAreEqualAreFound() {
        Sample pair = conversation({message(Role::User, "q")});
        pair.chosen = {message(Role::Assistant, "the same  answer")};
        pair.rejected = {message(Role::Assistant, "the same answer\n")};
        QCOMPARE(namesOf(checkStructure(pair)), std::set<std::string>{"pair-equal"});
        pair.rejected = {message(Role::Assistant, "another answer")};
        QVERIFY(checkStructure(pair).empty());
    }

    void textRulesFireAndStaySilent_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // one of the names, or "" for none at all
        QTest::newRow("prose") << "The capital of Japan is Tokyo, a city of many people. It lies "
                                  "on the coast and is the seat of the government."
                               << "";
        QTest::newRow("Chinese prose")
            << "东京是日本的首都，位于关东平原的南端，是全国的政治和经济中心。"
            << "";
        QTest::newRow("a number") << "42"
                                  << "";
        QTest::newRow("replacement")
            << QStringLiteral("caf\uFFFD is closed today") << "text-invalid";
        QTest::newRow("mojibake") << "The cafÃ© and the naÃ¯ve rÃ©sumÃ© are here"
                                  << "mojibake";
        QTest::newRow("one odd place only") << "The cafÃ© is open on every day"
                                            << "";
        QTest::newRow("bell") << QStringLiteral("ring the \u0007 bell") << "control-characters";
        QTest::newRow("few letters") << "---------- ++++++++++ ********** a"
                                     << "alphanumeric-low";
        QTest::newRow("special") << "a!b?c;d:e!f?g;h:i!j?k;l:"
                                 << "special-high";
        QTest::newRow("repeated characters")
            << QString::fromStdString(repeated("哈哈哈哈哈哈哈哈哈哈", 6))
            << "repetition-characters";
        QTest::newRow("repeated words") << QString::fromStdString(
            repeated("one two three four five six seven eight nine ten eleven ", 5))
                                        << "repetition-words";
        QTest::newRow("repeated lines")
            << "First line of it.\nThe same line.\nThe same line.\nThe same line.\nEnd."
            << "duplicate-lines";
        QTest::newRow("overlong word") << QString(1200, QLatin1Char('x')) << "word-long";
        QTest::newRow("digits") << "1234567890 1234567890 and 99999 of it"
                                << "urls-digits";
        QTest::newRow("links") << "see https://www.wikipedia.org/wiki/Tokyo_and_more for it"
                               << "urls-digits";
    }
    void textRulesFireAndStaySilent() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const std::set<std::string> found = namesOf(checkText(text.toStdString()));
        if (expected.isEmpty())
            QVERIFY2(found.empty(), found.empty() ? "" : found.begin()->c_str());
        else
            QVERIFY(found.contains(expected.toStdString()));
    }

    void codeIsNoOddText() {
        const std::string code = "```cpp\nfor (int i = 0; i < 10; ++i) { v[i] = {}; }\n```\n";
        QVERIFY(!namesOf(checkText(repeated(code, 2))).contains("special-high"));
        QVERIFY(!namesOf(checkText(repeated(code, 4))).contains("duplicate-lines"));
    }

    void measuresGiveHandCountedNumbers() {
        const MeasuredText text("ab 12 c!");
        QCOMPARE(text.words.size(), std::size_t(3));
        QCOMPARE(alphanumericShare(text), 5.0 / 8);
        QCOMPARE(specialShare(text), 1.0 / 8);
        QCOMPARE(meanWordLength(text), 2.0);
        // "a b" four times in "a b a b a b a b": pieces of two words: ab ba ab ba ab ba ab.
        const MeasuredText again("a b a b a b a b");
        QCOMPARE(wordRepetition(again, 2), 1.0);
        QCOMPARE(topPhraseShare(again, 2), 4 * 3 / 15.0);
        // "a b", "b a" are new; then "a b" at words 2, 4 and 6 are not: two letters each.
        QCOMPARE(repeatedPhraseShare(again, 2), 3 * 2 / 15.0);
        const RepeatedParts lines = repeatedParts("x\ny\nx\n\nx", "\n");
        QCOMPARE(lines.parts, 2.0 / 4);
        QCOMPARE(lines.characters, 2.0 / 8);
        // 11 pieces of 10 of 20 equal characters are one piece: sqrt(1) = 1 kept.
        QCOMPARE(characterRepetition(MeasuredText(std::string(20, 'x')), 10), 1.0);
        QCOMPARE(characterRepetition(MeasuredText("abcdefghijklm"), 10), 0.0);
    }

    void contentRules_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << "Version 1.2.3.4.5 of it, at 10:30, @home"
                              << "";
        QTest::newRow("ai") << "As an AI language model, I have no body."
                            << "boilerplate";
        QTest::newRow("Chinese ai") << "作为一个人工智能，我没有身体。"
                                    << "boilerplate";
        QTest::newRow("refusal") << "I'm sorry, but I can't do that."
                                 << "boilerplate";
        QTest::newRow("mail") << "write to anna.b+c@mail.uni-x.de, please"
                              << "pii-email";
        QTest::newRow("no mail") << "a@b and @c.d and e@.f"
                                 << "";
        QTest::newRow("public ip") << "ping 8.8.8.8 now"
                                   << "pii-ip";
        QTest::newRow("private ip") << "ping 192.168.0.1, 10.0.0.1, 127.0.0.1 now"
                                    << "";
        QTest::newRow("no ip") << "chapter 8.8.8 and 300.1.1.1 and 8.8.8.8.8"
                               << "";
        QTest::newRow("key") << "AKIAIOSFODNN7EXAMPLE is the key"
                             << "pii-secret";
        QTest::newRow("private key") << "-----BEGIN RSA PRIVATE KEY-----\nabc"
                                     << "pii-secret";
        QTest::newRow("no key") << "task-force and sk-ip"
                                << "";
    }
    void contentRules() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const std::string words = text.toStdString();
        const std::set<std::string> found = namesOf(checkContent(words, words));
        const std::set<std::string> wanted = expected.isEmpty()
            ? std::set<std::string>()
            : std::set<std::string>{expected.toStdString()};
        QVERIFY2(found == wanted, found.empty() ? "nothing" : found.begin()->c_str());
    }

    void languagesAreTold_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "What is the capital of Japan and how far is it?"
                            << "en";
        QTest::newRow("de") << "Wie heißt die Hauptstadt von Japan und ist sie groß?"
                            << "de";
        QTest::newRow("fr") << "Quelle est la capitale du Japon pour les voyageurs?"
                            << "fr";
        QTest::newRow("es") << "¿Cuál es el nombre del país y los ríos que hay?"
                            << "es";
        QTest::newRow("zh") << "日本的首都是哪里？"
                            << "zh";
        QTest::newRow("zh with English words") << "请用 Python 写一个排序函数，并说明复杂度。"
                                               << "zh";
        QTest::newRow("ja") << "日本の首都はどこですか。東京です。"
                            << "ja";
        QTest::newRow("ko") << "일본의 수도는 어디입니까?"
                            << "ko";
        QTest::newRow("ru") << "Какой город является столицей Японии?"
                            << "ru";
        QTest::newRow("too short") << "Tokyo."
                                   << "und";
    }
    void languagesAreTold() {
        QFETCH(QString, text);
        QFETCH(QString, language);
        const std::string words = text.toStdString();
        QCOMPARE(QString::fromStdString(languageOf(MeasuredText(words))), language);
    }

    void comparisonIgnoresWhiteSpaceAndComposition() {
        QCOMPARE(normalisedForComparison("  a\n\t b　c "), std::string("a b c"));
        QCOMPARE(normalisedForComparison("cafe\u0301"), std::string("caf\u00e9"));
        QVERIFY(normalisedForComparison("Case") != normalisedForComparison("case"));
    }

    void estimateIsTheStatedRule() {
        QCOMPARE(estimatedTokens(40, 0), std::int64_t(10));
        QCOMPARE(estimatedTokens(30, 30), std::int64_t(20));
        QCOMPARE(estimatedTokens(0, 0), std::int64_t(0));
    }

    void whatMadeACheckSpeakIsNamed() {
        const Sample mail
            = makeSample("Write to anna.b@example.org, please.", "As an AI model, no.");
        QCOMPARE(findingEvidence("pii-email", mail), std::string("anna.b@example.org"));
        QCOMPARE(findingEvidence("boilerplate", mail), std::string("as an ai model"));
        const Sample address = makeSample("Ping 8.8.8.8 now", "Done.");
        QCOMPARE(findingEvidence("pii-ip", address), std::string("8.8.8.8"));
        QCOMPARE(findingEvidence("answer-short", address), std::string("5"));
        const Sample key = makeSample("key ghp_" + std::string(36, '7'), "ok");
        QCOMPARE(findingEvidence("pii-secret", key), std::string("ghp_7777…"));
        QCOMPARE(findingEvidence("query-empty", key), std::string());
        const Sample rude = makeSample("What the fuck is this", "This is bullshit");
        QVERIFY(namesOf(checkSample(rude, {}).found).contains("flagged-words"));
        QCOMPARE(findingEvidence("flagged-words", rude), std::string("fuck"));
        QVERIFY(
            !namesOf(checkSample(makeSample("Assess the class", "Scunthorpe cocktail"), {}).found)
                 .contains("flagged-words"));
    }

    void personalDataIsReplacedByWhatItWas() {
        Sample sample = makeSample("a.b@x.org and c@y.com, from 8.8.8.8", "Noted: a.b@x.org.");
        const auto clean = redacted("pii-email", sample);
        QVERIFY(clean.has_value());
        QCOMPARE(clean->messages[0].content, std::string("[e-mail] and [e-mail], from 8.8.8.8"));
        QCOMPARE(clean->messages[1].content, std::string("Noted: [e-mail]."));
        QVERIFY(!redacted("pii-email", *clean).has_value());
        QCOMPARE(redacted("pii-ip", *clean)->messages[0].content,
            std::string("[e-mail] and [e-mail], from [IP address]"));
        QVERIFY(!redacted("pii-secret", sample).has_value());
        QVERIFY(!redacted("boilerplate", sample).has_value());
    }

    void shortAnswersAreNoted() {
        QVERIFY(
            namesOf(checkSample(makeSample("What?", "Yes."), {}).found).contains("answer-short"));
        QVERIFY(!namesOf(checkSample(makeSample("What?", "It is Peru."), {}).found)
                     .contains("answer-short")); // 11 characters, about 3 tokens: not counted
        CheckOptions tight;
        tight.maxLength = 5;
        QVERIFY(namesOf(checkSample(makeSample("q", repeated("word ", 20)), tight).found)
                    .contains("answer-cut"));
    }
};

QTEST_APPLESS_MAIN(TestChecks)
#include "test_checks.moc"
