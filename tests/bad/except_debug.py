try: pass
except A as __debug__: pass
