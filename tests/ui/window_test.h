#pragma once

#include "tests/support/fake_engine.h"
#include "tests/support/test_paths.h"
#include "ui/common/theme.h"
#include "ui/shell/resources.h"

#include <QApplication>
#include <QLocale>
#include <QStandardPaths>
#include <QtTest/QtTest>

namespace assay::test {

/// What every window test starts with: a settings place of its own, locale C, our look.
inline void prepareWindowTests(ThemeKind theme = ThemeKind::Light) {
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale::c());
    initResources();
    applyTheme(*qApp, theme);
}

/// Any warning fails the test, but for one that the offscreen platform of Qt 6.4 gives for every
/// window.
inline void failOnWarnings() {
    QTest::failOnWarning(QRegularExpression(
        QStringLiteral("^(?!This plugin does not support propagateSizeHints).*")));
}

/// A command that runs this very test program as a fake engine.
inline QString fakeEngineCommand(const char* scenario) {
    return QLatin1Char('"') + QCoreApplication::applicationFilePath()
        + QStringLiteral("\" --fake-engine ") + QLatin1String(scenario);
}

} // namespace assay::test

/// As QTEST_MAIN, but the program can also be started as the fake engine.
#define ASSAY_WINDOW_TEST_MAIN(TestClass)                                                          \
    int main(int argc, char** argv) {                                                              \
        if (argc == 3 && std::string_view(argv[1]) == "--fake-engine")                             \
            return assay::test::runFakeEngine(argv[2]);                                            \
        QApplication application(argc, argv);                                                      \
        TestClass test;                                                                            \
        return QTest::qExec(&test, argc, argv);                                                    \
    }
