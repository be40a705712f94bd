#include "ui/common/token_strip/strip_accessible.h"

#include "ui/common/accessible_items.h"
#include "ui/common/token_strip/token_strip.h"

#include <QAccessible>

namespace assay {

namespace {

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* strip = qobject_cast<TokenStrip*>(object);
    if (!strip)
        return nullptr;
    return makeAccessibleList(strip,
        {.count = [strip] { return int(strip->text().tokens.size()); },
            .spoken = [strip](int index) { return spokenToken(strip->text(), index); },
            .box = [strip](int index) { return strip->tokenBox(index); },
            .at = [strip](QPoint point) { return strip->tokenAt(point); },
            .selected = [strip] { return strip->selectedToken(); }});
}

} // namespace

void installStripAccessibility() {
    // Installing the same factory twice is harmless: Qt keeps it once.
    QAccessible::installFactory(makeInterface);
}

} // namespace assay
