#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay::test;

/// The catalogues of translators against what the program says today.
class TestTranslation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!QFileInfo::exists(QStringLiteral("/usr/lib/qt6/bin/lupdate")))
            QSKIP("Qt's lupdate is not installed");
        if (!std::filesystem::exists(binaryFolder() / "assay-cli"))
            QSKIP("assay-cli is not built");
        copyCatalogues();
        // As ./dev translate does it, but into a folder of our own.
        QProcess shell;
        shell.start(QStringLiteral("bash"),
            {QStringLiteral("-c"),
                QStringLiteral("set -eu; root=$0; source \"$0/dev.d/translate.sh\"; "
                               "collect_all_texts \"$1\" \"$2\""),
                toQString(sourceFolder()), m_folder.path(),
                toQString(binaryFolder() / "assay-cli")});
        QVERIFY(shell.waitForFinished(300'000));
        m_said = QString::fromUtf8(shell.readAllStandardError());
        QVERIFY2(shell.exitCode() == 0, qPrintable(m_said));
    }

    /// Else the window would ask under one name and the catalogue hold the text under another.
    void everyTextIsCollectedUnderTheNameItIsAskedBy() {
        QVERIFY2(!m_said.contains(QStringLiteral("lacks Q_OBJECT")), qPrintable(m_said));
        // A function that passes its argument on hides the text from the collector. Those of core
        // are listed by the program itself.
        static const QRegularExpression hidden(QStringLiteral(
            "translate\\(\\s*\"(?!errors|parameters|checks|findings)\\w+\"\\s*,\\s*[a-z]"));
        QStringList found;
        QDirIterator files(toQString(sourceFolder() / "ui"), {QStringLiteral("*.cpp")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            if (hidden.match(text).hasMatch() && !text.contains(QStringLiteral("QT_TRANSLATE_NOOP"))
                && !file.fileName().endsWith(QStringLiteral("error_text.cpp")))
                found.append(file.fileName());
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void noTextLacksItsTranslation() {
        int texts = 0;
        QStringList missing;
        eachMessage([&](const QString& file, const QString& source, const QString& message) {
            ++texts;
            if (message.contains(QStringLiteral("type=\"unfinished\"")))
                missing.append(file + QStringLiteral(": ") + source);
        });
        QVERIFY2(texts > 1500, qPrintable(QString::number(texts)));
        QVERIFY2(missing.isEmpty(),
            qPrintable(QStringLiteral("run ./dev translate and translate:\n")
                + missing.join(QLatin1Char('\n'))));
    }

    /// "%1" and "{rows}" stand in a translation as often as in its text, or a figure is lost.
    void noTranslationLosesAFigure() {
        static const QRegularExpression place(QStringLiteral("%L?[1-9n]|\\{[a-z_]+\\}"),
            QRegularExpression::UseUnicodePropertiesOption);
        QStringList wrong;
        eachMessage([&](const QString& file, const QString& source, const QString& message) {
            const qsizetype begin = message.indexOf(QStringLiteral("<translation"));
            if (!message.contains(QStringLiteral("type=\"unfinished\""))
                && placesIn(message.mid(begin), place) != placesIn(source, place))
                wrong.append(file + QStringLiteral(": ") + source);
        });
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }

private:
    static QSet<QString> placesIn(const QString& text, const QRegularExpression& place) {
        QSet<QString> found;
        for (auto each = place.globalMatch(text); each.hasNext();)
            found.insert(each.next().captured());
        return found;
    }

    void copyCatalogues() {
        const QDir from(toQString(sourceFolder() / "translations/zh_CN"));
        const QDir to(m_folder.filePath(QStringLiteral("zh_CN")));
        QVERIFY(to.mkpath(QStringLiteral(".")));
        for (const QString& name : from.entryList({QStringLiteral("*.ts")}))
            QVERIFY(QFile::copy(from.filePath(name), to.filePath(name)));
    }

    template <class Use> void eachMessage(Use use) {
        static const QRegularExpression message(
            QStringLiteral("<message[^>]*>\\s*<source>(.*?)</source>.*?</message>"),
            QRegularExpression::DotMatchesEverythingOption);
        const QDir folder(m_folder.filePath(QStringLiteral("zh_CN")));
        for (const QString& name : folder.entryList({QStringLiteral("*.ts")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto each = message.globalMatch(text); each.hasNext();) {
                const QRegularExpressionMatch match = each.next();
                use(name, match.captured(1), match.captured());
            }
        }
    }

    QTemporaryDir m_folder;
    QString m_said;
};

QTEST_GUILESS_MAIN(TestTranslation)
#include "test_translation.moc"
