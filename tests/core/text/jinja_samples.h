#pragma once

#include <string>
#include <vector>

namespace assay::test {

/// Small templates of everything that the engine knows; Python says what each gives.
inline std::vector<std::string> samples() {
    return {
        // white space
        "a\n  {% if true %}\n  b\n  {% endif %}\nc\n",
        "a {%- if true -%} b {%- endif -%} c",
        "  {{ n }}  \n",
        "{# x #}\n a\n  {# y #}\nb",
        "a\n {%+ if true %} b{% endif %}\n\nc\n\n",
        "{% raw %}{{ x }} {% y %}{% endraw %}\nz",
        "{% if true +%}\nx{% endif %}",
        "a\r\nb\r\n",
        "{{- n -}}  \n x",
        "{%- set x = 1 %}\n{{ x }}\n{%- if x %}\ny\n{%- endif %}",
        // values and operators
        "{{ 1 + 2 * 3 - 4 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 2 ** 10 }}",
        "{{ 1.5 + 1 }} {{ 1e20 }} {{ 1e-7 }} {{ 0.1 + 0.2 }} {{ 100000.0 }} {{ 1e16 }} {{ 3.0 // 2 "
        "}}",
        "{{ 'a' 'b' }} {{ 'a' ~ 1 ~ none ~ true ~ 1.0 }} {{ 'ab' * 3 }} {{ [1] * 2 + [3] }}",
        "{{ [1, 'a', none, true, 1.5, [2], {'k': 'v'}] }} {{ (1,) }} {{ (1, 2) }} {{ () }} {{ {} "
        "}}",
        "{{ \"it's\" }} {{ ['it\\'s', 'say \"x\"', 'a\\nb', 'é', \"'\\\"\"] }} {{ "
        "'\\u00e9\\x41\\t|' }}",
        "{{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ 'a' < 'b' }} {{ not 1 }} {{ 1 and 0 or 'x' }} {{ [] or "
        "'e' }}",
        "{{ 'a' in 'abc' }} {{ 2 in [1, 2] }} {{ 'k' in {'k': 1} }} {{ 3 not in (1, 2) }} {{ not 1 "
        "in [2] }}",
        "{{ 'x' if n > 5 else 'y' }} {{ 'x' if n > 50 }}| {{ (1 if false) is undefined }}",
        "{{ -n }} {{ - n | abs }} {{ +n }} {{ -2 ** 2 }}",
        "{{ true and not false }} {{ True }} {{ None }} {{ none is none }} {{ 1 != 2 }}",
        // subscripts
        "{{ 'héllo'[1] }} {{ 'héllo'[-2:] }} {{ 'hello'[::-1] }} {{ 'hello'[1:4:2] }} {{ "
        "[1,2,3,4][1:-1] }}",
        "{{ [1,2,3][::-1] }} {{ [1,2,3][5:] }} {{ [1,2,3][-9:2] }} {{ (1,2,3)[1:] }} {{ "
        "messages[0]['role'] }}",
        "{{ messages[0].role }} {{ messages[-1].content[:7] }} {{ messages[99] is defined }} {{ "
        "nested.b.c }}",
        "{{ nested['items'] }} {{ nested.items() | list }} {{ nested.get('q', 'd') }} {{ "
        "nested.get('q') }}",
        "{{ messages.0.role }} {{ nested['b']['c'] }} {{ 'abc'.upper() }} {{ [1,2,3][3:0:-1] }} {{ "
        "'abc'[5:] }}|",
        // texts
        "{{ ' a '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'xxaxx'.lstrip('x') }}|{{ "
        "'xxa'.rstrip('a') }}",
        "{{ 'a,b,c'.split(',') }} {{ ' a  b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'a b "
        "c'.rsplit(' ', 1) }}",
        "{{ 'abc'.startswith('a') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'a-b'.replace('-', '+') "
        "}} {{ 'aaa'.replace('a', 'b', 2) }}",
        "{{ 'hello world'.title() }} {{ 'hELLO'.capitalize() }} {{ 'straße'.upper() }} {{ ', "
        "'.join(['a', 'b']) }}",
        "{{ 'abcabc'.find('c') }} {{ 'abc'.find('z') }} {{ 'abca'.rfind('a') }} {{ 'éa'.index('a') "
        "}} {{ 'banana'.count('an') }}",
        "{{ 'a\\nb\\n'.splitlines() }} {{ '12'.isdigit() }} {{ 'ab'.isalpha() }} {{ ' '.isspace() "
        "}} {{ 'AB'.isupper() }} {{ 'a1'.islower() }}",
        "{{ 'k=v=w'.partition('=') }} {{ 'k=v=w'.rpartition('=') }} {{ 'abc'.removeprefix('a') }} "
        "{{ 'abc'.removesuffix('c') }}",
        // filters
        "{{ [3, 1, 2] | sort }} {{ ['b', 'A', 'c'] | sort }} {{ [1, 2] | sort(reverse=true) }} {{ "
        "messages | map(attribute='role') | list }}",
        "{{ [1, 2, 3] | sum }} {{ [1, 2, 3] | first }} {{ [1, 2, 3] | last }} {{ [1, 1, 2] | "
        "unique | list }} {{ 'abc' | length }}",
        "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | "
        "join('|') }} {{ messages | length }}",
        "{{ messages | rejectattr('role', 'in', ['user', 'tool']) | list | length }} {{ [1, 2, 3, "
        "4] | select('even') | list }} {{ [0, 1] | reject | list }}",
        "{{ nothing | default('d') }} {{ '' | default('d') }}| {{ '' | default('d', true) }} {{ "
        "none | d('x') }}",
        "{{ '  x ' | trim }}| {{ 'ab' | upper }} {{ 'a b' | title }} {{ 'aBC' | capitalize }} {{ "
        "'AB' | lower }} {{ 'abc' | reverse }}",
        "{{ 'a\\nb\\n\\nc' | indent }} {{ 'a\\nb' | indent(2, true) }} {{ 'a b' | replace(' ', "
        "'_') }} {{ 'a b c' | wordcount }}",
        "{{ '12' | int }} {{ 'x' | int }} {{ 'x' | int(5) }} {{ '1.5' | float }} {{ 3.7 | int }} "
        "{{ 2.567 | round(1) }} {{ 2.5 | round }} {{ -3 | abs }}",
        "{{ {'b': 1, 'a': 2} | dictsort }} {{ {'b': 1} | items | list }} {{ [1, 2, 3] | min }} {{ "
        "[1, 3, 2] | max }} {{ [1, 2] | string }}",
        "{{ '<a href=\"x\">' | e }} {{ [[1, 2], [3]] | map('first') | list }} {{ ['a', 'b'] | "
        "map('upper') | join }} {{ [1,2,3,4,5] | batch(2) | list }}",
        "{% filter upper %}abc{{ n }}{% endfilter %} {{ messages | map('length') | list | length "
        "}} {{ 'abc' | list }}",
        // JSON
        "{{ messages | tojson }}",
        "{{ messages[2] | tojson(indent=2) }} {{ {} | tojson(indent=2) }} {{ [] | tojson(indent=4) "
        "}}",
        "{{ {'b': 1, 'a': 'é\\n\\t\"\\\\'} | tojson(sort_keys=true) }} {{ 'é🦙' | "
        "tojson(ensure_ascii=true) }} {{ 1.0 | tojson }}",
        "{{ [1, [2, {'a': none}], true] | tojson(separators=(',', ':')) }} {{ (1, 2) | tojson }} "
        "{{ {1: 2} | tojson }}",
        // tests
        "{{ n is defined }} {{ q is defined }} {{ q is undefined }} {{ n is number }} {{ 'a' is "
        "string }} {{ [] is sequence }} {{ {} is mapping }}",
        "{{ n is odd }} {{ n is not even }} {{ 9 is divisibleby 3 }} {{ n is eq 7 }} {{ n is "
        "equalto(7) }} {{ true is boolean }} {{ 1 is boolean }}",
        "{{ 1 is integer }} {{ 1.0 is float }} {{ true is true }} {{ 'x' is iterable }} {{ none is "
        "iterable }} {{ 'a' is in 'abc' }} {{ 'ab' is lower }}",
        "{{ n is gt 3 and n is lt 9 }} {{ range is callable }} {{ n is sameas n }} {{ 1 is ne 2 }} "
        "{{ q is not defined or q }} {{ true is integer }}",
        // statements
        "{% for m in messages %}{{ loop.index }}/{{ loop.length }} {{ m.role }}{% if not loop.last "
        "%}, {% endif %}{% endfor %}",
        "{% for i in range(3) %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ "
        "loop.first }}{{ loop.cycle('a', 'b') }}{{ loop.changed(i // 2) }} {% endfor %}",
        "{% for i in [1, 2, 3, 4] if i % 2 == 0 %}{{ loop.index }}:{{ i }}:{{ loop.previtem }}:{{ "
        "loop.nextitem }} {% else %}none{% endfor %}",
        "{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}={{ v }};{% endfor %}{% for x in [] %}{% "
        "else %}empty{% endfor %}",
        "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break "
        "%}{% endif %}{{ i }}{% endfor %}",
        "{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}{% set ns = "
        "namespace(x=1) %}{% for i in [1] %}{% set ns.x = 2 %}{% endfor %}{{ ns.x }}",
        "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set x %}block {{ a }}{% endset %}[{{ x }}]{% set y "
        "| upper %}abc{% endset %}{{ y }}",
        "{% macro f(a, b='x') %}({{ a }},{{ b }}){% endmacro %}{{ f(1) }}{{ f(1, 2) }}{{ f(b=3, "
        "a=4) }}{{ f() }}",
        "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
        "{% macro wrap() %}<{{ caller() }}>{% endmacro %}{% call wrap() %}in {{ n }}{% endcall %}",
        "{% macro each(l) %}{% for i in l %}{{ caller(i) }}{% endfor %}{% endmacro %}{% call(i) "
        "each([1, 2]) %}[{{ i }}]{% endcall %}",
        "{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a }}",
        "{% if n > 9 %}a{% elif n > 5 %}b{% else %}c{% endif %}",
        "{% if false %}a{% elif false %}b{% elif true %}c{% endif %}",
        "{% set x = [] %}{% set x = x + [n] %}{{ x }}",
        "{% generation %}x{{ n }}{% endgeneration %}",
        "{{ strftime_now('%d %b %Y') }} {{ dict(a=1, b='c') }} {{ range(1, 10, 3) | list }}",
        "{{ namespace(a=1).a }} {{ messages | map(attribute='tool_calls', default='-') | list | "
        "length }} {{ range(5, 0, -2) | list }}",
        "{% for m in messages | reverse %}{{ m.role[0] }}{% endfor %}{{ empty }}{{ nothing }}",
        "{% set msg = messages[1] %}{{ msg.content | replace('\\n', ' ') }} {{ "
        "msg['content'].split(' ')[0] }}",
        // errors on both sides
        "{{ nothing.x }}",
        "{{ nothing + 1 }}",
        "{{ 'a' + 1 }}",
        "{{ 1 / 0 }}",
        "{{ [1].append(2) }}",
        "{{ none.x.y }}",
        "{{ f() }}",
        "{{ 'a' is nothing }}",
        "{% for x in 5 %}{% endfor %}",
        "{{ raise_exception('x') }}",
        "{{ (1 }}",
        "{% if %}",
        "{{ 1 2 }}",
        "{{ {'a': 1}.update({}) }}",
        "{% endif %}",

        "{{ 'x' | int(1, 2, 3, 4) | nofilter }}",
    };
}

} // namespace assay::test
